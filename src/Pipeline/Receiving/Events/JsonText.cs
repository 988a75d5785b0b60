using System.Text;
using OpencodeOtel.Pipeline.Receiving.Reading;

namespace OpencodeOtel.Pipeline.Receiving.Events;

/// <summary>A JSON string as it stands in the event, unescaped only on demand: prompts and outputs can be megabytes.</summary>
/// <param name="raw">The bytes between the quotes: valid UTF-8.</param>
/// <param name="isEscaped">Whether there is a backslash in them.</param>
/// <param name="isPresent">Whether the event had the string at all.</param>
/// <remarks>The lengths and copies are of the unescaped text; they read all of it each time. None allocates.</remarks>
internal readonly ref struct JsonText(ReadOnlySpan<byte> raw, bool isEscaped, bool isPresent)
{
    /// <summary>Gets the bytes between the quotes.</summary>
    public ReadOnlySpan<byte> Raw { get; } = raw;

    /// <summary>Gets a value indicating whether <see cref="Raw"/> holds escapes.</summary>
    public bool IsEscaped { get; } = isEscaped;

    /// <summary>Gets a value indicating whether the event had the string at all.</summary>
    public bool IsPresent { get; } = isPresent;

    /// <summary>Gets the length in UTF-8 bytes.</summary>
    public int Utf8Length => IsEscaped ? JsonEscapes.Utf8Length(Raw) : Raw.Length;

    /// <summary>Gets the length in UTF-16 units, which is what JavaScript calls the length of a string.</summary>
    public int Utf16Length => IsEscaped ? JsonEscapes.Utf16Length(Raw) : Encoding.UTF8.GetCharCount(Raw);

    /// <summary>Writes as many whole characters from the start of the text as <paramref name="destination"/> has room for.</summary>
    /// <returns>The number of bytes written: <see cref="Utf8Length"/> if all of it fitted.</returns>
    public int CopyUtf8(Span<byte> destination) => JsonEscapes.Copy(Raw, destination);

    /// <summary>Gives the whole text: in place if it has no escapes, else in <paramref name="scratch"/>.</summary>
    /// <param name="scratch">Room for <see cref="Utf8Length"/> bytes; <see cref="Raw"/> is never shorter than that.</param>
    /// <param name="utf8">The text, valid as long as the event and <paramref name="scratch"/> are; empty when it did not fit.</param>
    /// <returns>Whether it fitted.</returns>
    public bool TryGetUtf8(Span<byte> scratch, out ReadOnlySpan<byte> utf8)
    {
        if (!IsEscaped)
        {
            utf8 = Raw;
            return true;
        }

        bool fits = scratch.Length >= Raw.Length || scratch.Length >= Utf8Length;
        utf8 = fits ? scratch[..CopyUtf8(scratch)] : default;
        return fits;
    }
}
