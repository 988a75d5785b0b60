namespace OpencodeOtel.Pipeline.Attaching;

/// <summary>When events began to be missed. Unix milliseconds, by the server's clock.</summary>
/// <param name="Counted">What happened from then on is said; what was before is only learnt.</param>
/// <param name="Lost">When the connection was lost.</param>
internal readonly record struct Gap(long Counted, long Lost)
{
    /// <summary>A gap that began with the loss of a connection, or with the first one, before which nothing is ours.</summary>
    public static Gap Begun(DateTimeOffset time, bool isFirst) => new(
        (isFirst ? time : time - AttachLimits.GapMargin).ToUnixTimeMilliseconds(),
        time.ToUnixTimeMilliseconds());
}
