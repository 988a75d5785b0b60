using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Otlp.Schema;

namespace OpencodeOtel.Otlp.Messages;

/// <summary>What an encoder needs of a wire form: fields, and messages and lists that are opened and closed.</summary>
/// <remarks>
/// Implemented by ref structs over a caller's buffer and used as a type argument, so that every call is bound at compile
/// time. A buffer that is too small is no error: from the first field that does not fit, a writer only counts.
/// Each <c>Write</c> writes, also a default value; what proto3 leaves out is left out by <see cref="ImplicitPresence"/>.
/// </remarks>
internal interface IOtlpWriter
{
    /// <summary>Gets the wire form.</summary>
    static abstract WireForm Form { get; }

    /// <summary>Gets the size, in bytes, of everything written, whether or not it fitted.</summary>
    long Length { get; }

    /// <summary>Gets the size of a buffer that surely suffices: <see cref="Length"/>, or a few bytes more where a message turned out shorter than expected.</summary>
    long BytesRequired { get; }

    /// <summary>Gets a value indicating whether everything written is in the buffer.</summary>
    bool Fits { get; }

    /// <summary>Starts at the beginning of <paramref name="buffer"/>; before, there is none and the writer only counts.</summary>
    void Use(Span<byte> buffer);

    /// <summary>A <c>string</c>, as valid UTF-8.</summary>
    void WriteString(Field field, in OtlpString value);

    /// <summary>A <c>bytes</c>; base64 in JSON.</summary>
    void WriteBytes(Field field, ReadOnlySpan<byte> value);

    /// <summary>A trace id: <c>bytes</c>; hexadecimal in JSON.</summary>
    void WriteTraceId(Field field, TraceId value);

    /// <summary>A span id: <c>bytes</c>; hexadecimal in JSON.</summary>
    void WriteSpanId(Field field, SpanId value);

    /// <summary>A <c>bool</c>.</summary>
    void WriteBool(Field field, bool value);

    /// <summary>An <c>enum</c>; a number in JSON too.</summary>
    void WriteEnum(Field field, int value);

    /// <summary>A <c>uint32</c>.</summary>
    void WriteUInt32(Field field, uint value);

    /// <summary>A <c>sint32</c>.</summary>
    void WriteSInt32(Field field, int value);

    /// <summary>An <c>int64</c>; a decimal string in JSON.</summary>
    void WriteInt64(Field field, long value);

    /// <summary>A <c>fixed32</c>.</summary>
    void WriteFixed32(Field field, uint value);

    /// <summary>A <c>fixed64</c>; a decimal string in JSON.</summary>
    void WriteFixed64(Field field, ulong value);

    /// <summary>An <c>sfixed64</c>; a decimal string in JSON.</summary>
    void WriteSFixed64(Field field, long value);

    /// <summary>A <c>double</c>; in JSON the shortest digits that read back the same, or the string NaN, Infinity or -Infinity.</summary>
    void WriteDouble(Field field, double value);

    /// <summary>A packed <c>repeated fixed64</c>.</summary>
    void WritePackedFixed64(Field field, ReadOnlySpan<ulong> values);

    /// <summary>A packed <c>repeated uint64</c>.</summary>
    void WritePackedUInt64(Field field, ReadOnlySpan<ulong> values);

    /// <summary>A packed <c>repeated double</c>.</summary>
    void WritePackedDouble(Field field, ReadOnlySpan<double> values);

    /// <summary>Opens a message that is the field's only value.</summary>
    /// <param name="field">The field.</param>
    /// <param name="expectedLength">The likely size of its protobuf content in bytes; a wrong guess costs a move, not correctness.</param>
    Mark BeginMessage(Field field, int expectedLength);

    /// <summary>Closes what <see cref="BeginMessage"/> or <see cref="BeginItem"/> opened.</summary>
    void EndMessage(Mark mark);

    /// <summary>Opens a <c>repeated</c> field of messages or strings; not to be left empty.</summary>
    Mark BeginList(Field field);

    /// <summary>Closes what <see cref="BeginList"/> opened.</summary>
    void EndList(Mark mark);

    /// <summary>Opens a message of the list of <paramref name="field"/>.</summary>
    /// <inheritdoc cref="BeginMessage"/>
    Mark BeginItem(Field field, int expectedLength);

    /// <summary>A string of the list of <paramref name="field"/>.</summary>
    void WriteStringItem(Field field, in OtlpString value);

    /// <summary>
    /// An item of <paramref name="list"/> with an attribute whose value is a text: the shape of nearly all, written in one
    /// step. An empty key is left out.
    /// </summary>
    void WriteTextAttribute(Field list, Field key, Field value, Field text, in KeyValue attribute);

    /// <summary>The same for an attribute whose value is an integer.</summary>
    void WriteIntAttribute(Field list, Field key, Field value, Field number, in KeyValue attribute);

    /// <summary>Fields that were encoded before, in this form.</summary>
    void WriteEncoded(ReadOnlySpan<byte> fields);
}
