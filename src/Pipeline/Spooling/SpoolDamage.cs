namespace OpencodeOtel.Pipeline.Spooling;

/// <summary>What of a log cannot be read.</summary>
/// <param name="Frames">Frames whose header can be read, and whose payload cannot.</param>
/// <param name="Items">What they held: spans, log records or data points.</param>
/// <param name="UnreadableBytes">Bytes that no frame can be read from; nobody knows what they held.</param>
public readonly record struct SpoolDamage(long Frames, long Items, long UnreadableBytes)
{
    /// <summary>Gets a value indicating whether there is none.</summary>
    public bool IsNone => this == default;

    /// <summary>The damage of both.</summary>
    public static SpoolDamage operator +(SpoolDamage left, SpoolDamage right) => Add(left, right);

    /// <summary>The damage of both.</summary>
    public static SpoolDamage Add(SpoolDamage left, SpoolDamage right) =>
        new(left.Frames + right.Frames, left.Items + right.Items, left.UnreadableBytes + right.UnreadableBytes);
}
