namespace OpencodeOtel.Pipeline.Tests.Support;

/// <summary>Waits for what other threads bring about.</summary>
internal static class Eventually
{
    /// <summary>Waits until a condition holds.</summary>
    /// <exception cref="OperationCanceledException">It did not within two minutes.</exception>
    public static async Task HoldsAsync(Func<bool> condition)
    {
        using CancellationTokenSource deadline = new(TimeSpan.FromMinutes(2));
        while (!condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, deadline.Token);
        }
    }
}
