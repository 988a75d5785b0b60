using System.Globalization;
using OpencodeOtel.Otlp.Messages;
using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Otlp.Schema;

namespace OpencodeOtel.Otlp.Json;

/// <summary>Numbers and ids: as numbers up to 32 bits and for doubles, as strings beyond.</summary>
internal ref partial struct JsonWriter
{
    private const int LongestNumber = 32; // the shortest form of any double has at most 24 characters

    /// <inheritdoc/>
    public void WriteTraceId(Field field, TraceId value)
    {
        Span<byte> id = stackalloc byte[TraceId.Size];
        value.CopyTo(id);
        WriteHexadecimal(field.JsonName, id);
    }

    /// <inheritdoc/>
    public void WriteSpanId(Field field, SpanId value)
    {
        Span<byte> id = stackalloc byte[SpanId.Size];
        value.CopyTo(id);
        WriteHexadecimal(field.JsonName, id);
    }

    /// <inheritdoc/>
    public void WriteEnum(Field field, int value) => WriteSInt32(field, value);

    /// <inheritdoc/>
    public void WriteUInt32(Field field, uint value)
    {
        WriteName(field.JsonName);
        Span<byte> digits = stackalloc byte[LongestNumber];
        value.TryFormat(digits, out int length, default, CultureInfo.InvariantCulture);
        WriteNumber(digits[..length]);
    }

    /// <inheritdoc/>
    public void WriteSInt32(Field field, int value)
    {
        WriteName(field.JsonName);
        Span<byte> digits = stackalloc byte[LongestNumber];
        value.TryFormat(digits, out int length, default, CultureInfo.InvariantCulture);
        WriteNumber(digits[..length]);
    }

    /// <inheritdoc/>
    public void WriteInt64(Field field, long value)
    {
        WriteName(field.JsonName);
        Span<byte> digits = stackalloc byte[LongestNumber];
        value.TryFormat(digits, out int length, default, CultureInfo.InvariantCulture);
        WriteQuoted(digits[..length]);
    }

    /// <inheritdoc/>
    public void WriteFixed32(Field field, uint value) => WriteUInt32(field, value);

    /// <inheritdoc/>
    public void WriteFixed64(Field field, ulong value)
    {
        WriteName(field.JsonName);
        WriteInteger(value);
    }

    /// <inheritdoc/>
    public void WriteSFixed64(Field field, long value) => WriteInt64(field, value);

    /// <inheritdoc/>
    public void WriteDouble(Field field, double value)
    {
        WriteName(field.JsonName);
        WriteReal(value);
    }

    /// <inheritdoc/>
    public void WritePackedFixed64(Field field, ReadOnlySpan<ulong> values)
    {
        Mark list = BeginList(field);
        foreach (ulong value in values)
        {
            WriteInteger(value);
        }

        EndList(list);
    }

    /// <inheritdoc/>
    public void WritePackedUInt64(Field field, ReadOnlySpan<ulong> values) => WritePackedFixed64(field, values);

    /// <inheritdoc/>
    public void WritePackedDouble(Field field, ReadOnlySpan<double> values)
    {
        Mark list = BeginList(field);
        foreach (double value in values)
        {
            WriteReal(value);
        }

        EndList(list);
    }

    private void WriteHexadecimal(ReadOnlySpan<byte> name, scoped ReadOnlySpan<byte> value)
    {
        WriteName(name);
        if (TryReserve((2 * value.Length) + 3, out Span<byte> target))
        {
            Convert.TryToHexStringLower(value, target[1..^2], out _);
            Quote(target);
        }
    }

    private void WriteInteger(ulong value)
    {
        Span<byte> digits = stackalloc byte[LongestNumber];
        value.TryFormat(digits, out int length, default, CultureInfo.InvariantCulture);
        WriteQuoted(digits[..length]);
    }

    private void WriteReal(double value)
    {
        if (double.IsFinite(value))
        {
            Span<byte> digits = stackalloc byte[LongestNumber];
            value.TryFormat(digits, out int length, default, CultureInfo.InvariantCulture);
            WriteNumber(digits[..length]);
        }
        else
        {
            WriteQuoted(double.IsNaN(value) ? "NaN"u8 : value > 0 ? "Infinity"u8 : "-Infinity"u8);
        }
    }

    private void WriteNumber(scoped ReadOnlySpan<byte> digits)
    {
        if (TryReserve(digits.Length + 1, out Span<byte> target))
        {
            digits.CopyTo(target);
            target[^1] = (byte)',';
        }
    }

    private void WriteQuoted(scoped ReadOnlySpan<byte> ascii)
    {
        if (TryReserve(ascii.Length + 3, out Span<byte> target))
        {
            ascii.CopyTo(target[1..]);
            Quote(target);
        }
    }
}
