using OpencodeOtel.Otlp;

namespace OpencodeOtel.Pipeline.Spooling;

/// <summary>A request that waits to be written.</summary>
/// <param name="lane">Its lane.</param>
/// <param name="request">The request; held by whoever waits for <see cref="Acknowledged"/>.</param>
/// <param name="isOfEarlier">Whether it is a part of what an earlier process stored, and counts there.</param>
internal sealed class PendingFrame(SpoolLane lane, ExportRequest request, bool isOfEarlier = false)
{
    private readonly TaskCompletionSource<bool> _acknowledged = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Gets its lane.</summary>
    public SpoolLane Lane { get; } = lane;

    /// <summary>Gets the request.</summary>
    public ExportRequest Request { get; } = request;

    /// <summary>Gets a value indicating whether an earlier process has counted its records.</summary>
    public bool IsOfEarlier => isOfEarlier;

    /// <summary>Gets the most that it takes in a segment.</summary>
    public long Cost { get; } = FrameHeader.FixedLength + lane.DestinationBytes + request.Body.Length;

    /// <summary>Gets a task that ends when it is on disk, or cannot be.</summary>
    public Task<bool> Acknowledged => _acknowledged.Task;

    /// <summary>Tells whoever waits.</summary>
    public void Acknowledge(bool stored) => _acknowledged.SetResult(stored);
}
