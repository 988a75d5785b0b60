namespace OpencodeOtel.Pipeline.Enriching.Texts;

/// <summary>Cuts UTF-8 between characters.</summary>
internal static class Utf8Cut
{
    /// <summary>The longest prefix of whole characters within <paramref name="limit"/> bytes.</summary>
    public static ReadOnlySpan<byte> Prefix(ReadOnlySpan<byte> utf8, int limit)
    {
        if (utf8.Length <= limit)
        {
            return utf8;
        }

        int end = limit;
        while (end > 0 && (utf8[end] & 0xC0) == 0x80)
        {
            end--;
        }

        return utf8[..end];
    }
}
