using System.Text;

namespace OpencodeOtel.Otlp.Model;

/// <summary>A text of a message: a .NET string, or UTF-8 bytes that are already what goes on the wire.</summary>
/// <remarks>
/// A text that recurs (a key, a session id, a model) is transcoded once and copied from then on. What is encoded is
/// always valid UTF-8: lone surrogates and invalid bytes become U+FFFD. The default value is the empty text.
/// </remarks>
public readonly struct OtlpString : IEquatable<OtlpString>
{
    private readonly object? _source;
    private readonly int _start;
    private readonly int _length;

    /// <summary>Takes a .NET string as it is; it is transcoded each time it is encoded.</summary>
    public OtlpString(string? value)
    {
        _source = value;
        _length = value?.Length ?? 0;
    }

    private OtlpString(object? source, int start, int length)
    {
        _source = source;
        _start = start;
        _length = length;
    }

    /// <summary>Gets a value indicating whether the text has no character.</summary>
    public bool IsEmpty => _length == 0;

    /// <summary>Gets a value indicating whether the text is held as UTF-8 bytes.</summary>
    public bool IsUtf8 => _source is not (null or string);

    /// <summary>Gets a value indicating whether the text is a .NET string. Sealed, so this test is cheaper than one for an array.</summary>
    internal bool IsUtf16 => _source is string;

    /// <summary>Gets the length in bytes or in characters, whichever the text is held in.</summary>
    internal int Length => _length;

    /// <summary>Gets the UTF-8 bytes; not to be asked for when <see cref="IsUtf16"/>.</summary>
    public ReadOnlySpan<byte> Utf8 => new((byte[]?)_source, _start, _length);

    /// <summary>Gets the UTF-16 characters; none when <see cref="IsUtf8"/>.</summary>
    internal ReadOnlySpan<char> Utf16 => _source is string text ? text : default;

    /// <summary>Gets the backing object and range, for packing into an <see cref="AnyValue"/>.</summary>
    internal (object? Source, int Start, int Length) Parts => (_source, _start, _length);

    /// <summary>Takes a .NET string as it is.</summary>
    public static implicit operator OtlpString(string? value) => new(value);

    /// <summary>Compares by content; the form does not matter.</summary>
    public static bool operator ==(OtlpString left, OtlpString right) => left.Equals(right);

    /// <summary>Compares by content; the form does not matter.</summary>
    public static bool operator !=(OtlpString left, OtlpString right) => !left.Equals(right);

    /// <summary>Takes a .NET string as it is.</summary>
    public static OtlpString FromString(string? value) => new(value);

    /// <summary>Copies UTF-8 bytes; invalid sequences become U+FFFD.</summary>
    public static OtlpString FromUtf8(ReadOnlySpan<byte> utf8)
    {
        byte[] copy = System.Text.Unicode.Utf8.IsValid(utf8)
            ? utf8.ToArray()
            : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(utf8));
        return new OtlpString(copy, 0, copy.Length);
    }

    /// <summary>Transcodes a .NET string once, so that encoding it is a copy.</summary>
    public static OtlpString Transcode(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        byte[] bytes = Encoding.UTF8.GetBytes(value);
        return new OtlpString(bytes, 0, bytes.Length);
    }

    /// <summary>Wraps bytes without copying or checking them: the caller vouches that they are valid UTF-8 and stay unchanged.</summary>
    public static OtlpString WrapValidUtf8(byte[] utf8, int start, int length) => new(utf8, start, length);

    /// <summary>Cuts the text when it has more than so many characters, each code point one. Nothing is copied from UTF-8.</summary>
    /// <param name="characters">How many characters stay.</param>
    /// <param name="cut">What stays; the text itself when it is short enough.</param>
    /// <returns>Whether the text was longer.</returns>
    public bool TryCut(int characters, out OtlpString cut)
    {
        cut = this;
        if (_length <= characters) // No character takes less than one unit of either form.
        {
            return false;
        }

        int end = _source is string text ? EndOf(text, characters) : EndOf(Utf8, characters);
        if (end == _length)
        {
            return false;
        }

        cut = _source is string longer ? new OtlpString(longer[..end]) : new OtlpString(_source, _start, end);
        return true;
    }

    /// <summary>Rebuilds a text from its <see cref="Parts"/>.</summary>
    internal static OtlpString FromParts(object? source, int start, int length) => new(source, start, length);

    /// <inheritdoc/>
    public override string ToString() => _source switch
    {
        string text => text,
        byte[] bytes => Encoding.UTF8.GetString(bytes, _start, _length),
        _ => string.Empty,
    };

    /// <inheritdoc/>
    public bool Equals(OtlpString other) => IsSameAs(in other) || EqualsContent(in other);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is OtlpString other && Equals(other);

    /// <inheritdoc/>
    /// <remarks>The same for both forms of a content.</remarks>
    public override int GetHashCode() => (int)(_source is byte[] bytes
        ? ContentHash.OfUtf8(bytes.AsSpan(_start, _length))
        : ContentHash.OfUtf16(Utf16));

    // A text that recurs is mostly the same bytes at the same place, so this is tried before any byte is read.
    internal bool IsSameAs(ref readonly OtlpString other) =>
        ReferenceEquals(_source, other._source) && _start == other._start && _length == other._length;

    private bool EqualsContent(ref readonly OtlpString other) => (IsUtf8, other.IsUtf8) switch
    {
        (true, true) => Utf8.SequenceEqual(other.Utf8),
        (false, false) => Utf16.SequenceEqual(other.Utf16),
        (true, false) => EqualAcrossForms(Utf8, other.Utf16),
        (false, true) => EqualAcrossForms(other.Utf8, Utf16),
    };

    private static int EndOf(ReadOnlySpan<byte> utf8, int characters)
    {
        int end = 0;
        for (; end < utf8.Length; end++)
        {
            bool isContinuation = (utf8[end] & 0xC0) == 0x80;
            if (!isContinuation && characters-- == 0)
            {
                break;
            }
        }

        return end;
    }

    private static int EndOf(string text, int characters)
    {
        int end = 0;
        for (; end < text.Length && characters > 0; characters--)
        {
            end += char.IsHighSurrogate(text[end]) && end + 1 < text.Length && char.IsLowSurrogate(text[end + 1]) ? 2 : 1;
        }

        return end;
    }

    /// <summary>Compares UTF-8 with the UTF-8 that UTF-16 transcodes to, a piece at a time, so that nothing is allocated.</summary>
    private static bool EqualAcrossForms(ReadOnlySpan<byte> utf8, ReadOnlySpan<char> utf16)
    {
        Span<byte> piece = stackalloc byte[256];
        while (!utf16.IsEmpty)
        {
            _ = System.Text.Unicode.Utf8.FromUtf16(utf16, piece, out int read, out int written);
            if (!utf8.StartsWith(piece[..written]))
            {
                return false;
            }

            utf8 = utf8[written..];
            utf16 = utf16[read..];
        }

        return utf8.IsEmpty;
    }
}
