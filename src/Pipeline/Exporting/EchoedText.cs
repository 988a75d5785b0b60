using System.Buffers;
using System.Text;

namespace OpencodeOtel.Pipeline.Exporting;

/// <summary>Hides from a server's words what they repeat of a request: there may be a prompt or a tool's output in it.</summary>
internal static class EchoedText
{
    // Shorter runs are in any two texts.
    private const int LeastBytes = 12;

    // Names of metrics and attributes are what a server has to speak of, and no content.
    private static readonly SearchValues<byte> OfNames = SearchValues.Create("abcdefghijklmnopqrstuvwxyz._"u8);

    /// <summary>Puts three stars in the place of each run that is in the request, unless it is a name.</summary>
    /// <param name="text">The server's words, short: each of its bytes costs a search.</param>
    /// <param name="sent">The request, not compressed.</param>
    public static string Hide(string text, ReadOnlySpan<byte> sent)
    {
        byte[] words = Encoding.UTF8.GetBytes(text);
        Span<bool> isEchoed = new bool[words.Length];
        for (int start = 0; start + LeastBytes <= words.Length; start++)
        {
            if (sent.IndexOf(words.AsSpan(start, LeastBytes)) >= 0)
            {
                isEchoed.Slice(start, LeastBytes).Fill(true);
            }
        }

        return isEchoed.Contains(true) ? Replace(words, isEchoed) : text;
    }

    private static string Replace(ReadOnlySpan<byte> words, ReadOnlySpan<bool> isEchoed)
    {
        var shown = new StringBuilder(words.Length);
        while (!words.IsEmpty)
        {
            int length = isEchoed.IndexOf(!isEchoed[0]);
            length = length < 0 ? words.Length : length;
            ReadOnlySpan<byte> run = words[..length];
            shown.Append(isEchoed[0] && run.ContainsAnyExcept(OfNames) ? "***" : Encoding.UTF8.GetString(run));
            words = words[length..];
            isEchoed = isEchoed[length..];
        }

        return shown.ToString();
    }
}
