using System.Globalization;
using System.Text;

namespace OpencodeOtel.Pipeline.Receiving.Reading;

/// <summary>Reads a time as JavaScript writes it in JSON: <c>2026-11-22T19:32:13.172Z</c>, or with another offset or precision.</summary>
internal static class IsoTime
{
    private const int LongestText = 40;
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK";

    /// <summary>Gives Unix milliseconds; 0 for what is no time, or not after 1970 and before 2200.</summary>
    public static long Read(ReadOnlySpan<byte> text)
    {
        Span<char> letters = stackalloc char[LongestText];
        if (text.Length > LongestText || !Encoding.UTF8.TryGetChars(text, letters, out int length))
        {
            return 0;
        }

        if (!DateTimeOffset.TryParseExact(letters[..length], Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time))
        {
            return 0;
        }

        long milliseconds = time.ToUnixTimeMilliseconds();
        return milliseconds is > 0 and <= JsonNumbers.LatestTime ? milliseconds : 0;
    }
}
