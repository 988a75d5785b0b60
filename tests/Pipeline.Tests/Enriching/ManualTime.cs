namespace OpencodeOtel.Pipeline.Tests.Enriching;

/// <summary>A clock that stands still until it is told otherwise.</summary>
internal sealed class ManualTime(long milliseconds) : TimeProvider
{
    public long Milliseconds { get; set; } = milliseconds;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds(Milliseconds);
}
