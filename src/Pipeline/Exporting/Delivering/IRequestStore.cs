using OpencodeOtel.Otlp;
using OpencodeOtel.Pipeline.Diagnostics;

namespace OpencodeOtel.Pipeline.Exporting.Delivering;

/// <summary>Keeps requests that one destination cannot take now, beyond the end of the process, and gives them back later, oldest first.</summary>
/// <remarks>The writing side never waits for the reading side, nor the other way round.</remarks>
internal interface IRequestStore : IAsyncDisposable
{
    /// <summary>Appends a request; the task ends when it is acknowledged, together with others that came at the same time.</summary>
    /// <remarks>
    /// Safe for concurrent use, also after <see cref="StopReadingAsync"/>. The request is borrowed: the caller holds it until the task
    /// ends, and releases it then. Only what was acknowledged counts as spooled.
    /// </remarks>
    /// <returns>
    /// Whether it is kept; if not (no room, no disk, a lock that another process holds), the store has said why, once, and the caller
    /// counts the records as lost. Never throws for what can be expected of a disk.
    /// </returns>
    ValueTask<bool> StoreAsync(ExportRequest request);

    /// <summary>Begins to hand what is stored to <paramref name="target"/>, oldest first, beside what is new. Called once.</summary>
    void StartReading(IStoredRequestTarget target);

    /// <summary>
    /// Hands over what is still stored, and ends when there is no more, when a request of it could not be delivered, at the deadline,
    /// or when cancelled. Afterwards no call to the target is under way.
    /// </summary>
    Task FinishReadingAsync(TimeSpan deadline, CancellationToken cancellationToken) => StopReadingAsync();

    /// <summary>What became of requests that earlier processes had stored.</summary>
    SpoolReport? Report() => null;

    /// <summary>Hands over no more; when the task ends no call to the target is under way. What was not settled stays stored.</summary>
    Task StopReadingAsync();
}
