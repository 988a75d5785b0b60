namespace OpencodeOtel.Pipeline.Spooling;

/// <summary>Where requests are spooled, and the bounds.</summary>
/// <param name="Directory">The directory.</param>
/// <param name="LimitBytes">The most that all logs in it may take.</param>
/// <param name="MaxAge">How long a request waits, before it is given up.</param>
internal sealed record SpoolOptions(string Directory, long LimitBytes, TimeSpan MaxAge)
{
    private const long LargestSegment = 16L * 1024 * 1024;
    private const long SmallestSegment = 4 * 1024;

    /// <summary>Gets the size at which a segment is full: space comes back in segments, so they are small beside the limit.</summary>
    public long SegmentBytes { get; init; } = Math.Clamp(LimitBytes / 16, SmallestSegment, LargestSegment);

    /// <summary>Gets what makes the file of a new segment.</summary>
    public Func<string, IAppendFile> OpenSegment { get; init; } = static path => new AppendFile(path);
}
