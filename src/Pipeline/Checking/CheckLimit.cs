using OpencodeOtel.Pipeline.Configuration;

namespace OpencodeOtel.Pipeline.Checking;

/// <summary>How long a check may take.</summary>
/// <param name="Length">The limit.</param>
/// <param name="Time">The real clock.</param>
internal sealed record CheckLimit(TimeSpan Length, TimeProvider Time)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    /// <summary>The longest that any check may take.</summary>
    public static CheckLimit Most(TimeProvider time) => new(Longest, time);

    /// <summary>The limit of a destination: its timeout, if that is shorter.</summary>
    public static CheckLimit Of(OtlpDestination destination, TimeProvider time) =>
        new(destination.Timeout > TimeSpan.Zero && destination.Timeout < Longest ? destination.Timeout : Longest, time);

    /// <summary>Does something within the limit; what does not heed its token is left behind.</summary>
    /// <exception cref="TimeoutException">The limit was hit.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="stop"/> was cancelled.</exception>
    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken stop)
    {
        using CancellationTokenSource timeout = new(Length, Time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, stop);
        try
        {
            return await work(either.Token).WaitAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw new TimeoutException();
        }
    }
}
