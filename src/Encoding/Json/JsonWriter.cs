using System.Buffers.Text;
using OpencodeOtel.Otlp.Messages;
using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Otlp.Schema;

namespace OpencodeOtel.Otlp.Json;

/// <summary>Writes OTLP/JSON: lowerCamelCase names, hexadecimal ids, enum numbers, 64-bit integers as strings, no white space.</summary>
/// <remarks>
/// Every value is followed by a comma, and what closes an object or a list takes the place of the last one: so no state
/// says whether a comma is due. Rules: <see href="https://protobuf.dev/programming-guides/json/"/> and
/// <see href="https://github.com/open-telemetry/opentelemetry-proto/blob/v1.10.0/docs/specification.md#json-protobuf-encoding"/>.
/// </remarks>
internal ref partial struct JsonWriter : IOtlpWriter
{
    private Span<byte> _buffer;
    private long _position;

    /// <inheritdoc/>
    public static WireForm Form => WireForm.Json;

    /// <inheritdoc/>
    public readonly long Length => _position;

    /// <inheritdoc/>
    public readonly long BytesRequired => _position;

    /// <inheritdoc/>
    public readonly bool Fits => _position <= _buffer.Length;

    /// <inheritdoc/>
    public void Use(Span<byte> buffer)
    {
        _buffer = buffer;
        _position = 0;
    }

    /// <inheritdoc/>
    public void WriteString(Field field, in OtlpString value)
    {
        WriteName(field.JsonName);
        WriteText(value);
    }

    /// <inheritdoc/>
    public void WriteStringItem(Field field, in OtlpString value) => WriteText(value);

    /// <inheritdoc/>
    public void WriteBytes(Field field, ReadOnlySpan<byte> value)
    {
        WriteName(field.JsonName);
        long length = ((value.Length + 2L) / 3) * 4;
        if (TryReserve(length + 3, out Span<byte> target))
        {
            Base64.EncodeToUtf8(value, target[1..], out _, out _);
            Quote(target);
        }
    }

    /// <inheritdoc/>
    public void WriteBool(Field field, bool value)
    {
        WriteName(field.JsonName);
        WriteRaw(value ? "true,"u8 : "false,"u8);
    }

    /// <inheritdoc/>
    public Mark BeginMessage(Field field, int expectedLength)
    {
        WriteName(field.JsonName);
        return Open((byte)'{');
    }

    /// <inheritdoc/>
    public Mark BeginItem(Field field, int expectedLength) => Open((byte)'{');

    /// <inheritdoc/>
    public void EndMessage(Mark mark) => Close(mark, (byte)'}');

    /// <inheritdoc/>
    public Mark BeginList(Field field)
    {
        WriteName(field.JsonName);
        return Open((byte)'[');
    }

    /// <inheritdoc/>
    public void EndList(Mark mark) => Close(mark, (byte)']');

    /// <inheritdoc/>
    public void WriteTextAttribute(Field list, Field key, Field value, Field text, in KeyValue attribute)
    {
        Mark item = BeginItem(list, 0);
        if (!attribute.Key.IsEmpty)
        {
            WriteString(key, attribute.Key);
        }

        Mark message = BeginMessage(value, 0);
        WriteString(text, attribute.Value.Text);
        EndMessage(message);
        EndMessage(item);
    }

    /// <inheritdoc/>
    public void WriteIntAttribute(Field list, Field key, Field value, Field number, in KeyValue attribute)
    {
        Mark item = BeginItem(list, 0);
        if (!attribute.Key.IsEmpty)
        {
            WriteString(key, attribute.Key);
        }

        Mark message = BeginMessage(value, 0);
        WriteInt64(number, attribute.Value.Int);
        EndMessage(message);
        EndMessage(item);
    }

    /// <inheritdoc/>
    public void WriteEncoded(ReadOnlySpan<byte> fields) => WriteRaw(fields);

    private static void Quote(Span<byte> target)
    {
        target[^1] = (byte)',';
        target[^2] = (byte)'"';
        target[0] = (byte)'"';
    }

    private void WriteName(ReadOnlySpan<byte> name)
    {
        if (TryReserve(name.Length + 3, out Span<byte> target))
        {
            target[^1] = (byte)':';
            target[^2] = (byte)'"';
            target[0] = (byte)'"';
            name.CopyTo(target[1..]);
        }
    }

    private void WriteRaw(scoped ReadOnlySpan<byte> bytes)
    {
        if (TryReserve(bytes.Length, out Span<byte> target))
        {
            bytes.CopyTo(target);
        }
    }

    private Mark Open(byte bracket)
    {
        if (TryReserve(1, out Span<byte> target))
        {
            target[0] = bracket;
        }

        return new Mark(_position, 0);
    }

    private void Close(Mark mark, byte bracket)
    {
        int comma = _position == mark.Content ? 0 : 1;
        _position -= comma;
        if (TryReserve(2, out Span<byte> target))
        {
            target[0] = bracket;
            target[1] = (byte)',';
        }
    }

    private bool TryReserve(long count, out Span<byte> target)
    {
        long start = _position;
        long end = start + count;
        _position = end;
        if (end <= _buffer.Length)
        {
            target = _buffer.Slice((int)start, (int)count);
            return true;
        }

        _buffer = default; // Never again: what follows is only counted.
        target = default;
        return false;
    }
}
