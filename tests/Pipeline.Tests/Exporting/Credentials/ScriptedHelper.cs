using System.Collections.Concurrent;
using OpencodeOtel.Pipeline.Configuration;
using OpencodeOtel.Pipeline.Exporting.Credentials;

namespace OpencodeOtel.Pipeline.Tests.Exporting.Credentials;

/// <summary>A helper whose runs end when the test says so.</summary>
internal sealed class ScriptedHelper
{
    private readonly ConcurrentQueue<TaskCompletionSource<HelperResult>> _runs = new();

    public int Runs => _runs.Count;

    /// <summary>Runs; to be handed to who runs a helper.</summary>
    public Task<HelperResult> RunAsync(CancellationToken cancellationToken)
    {
        TaskCompletionSource<HelperResult> run = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _runs.Enqueue(run);
        return run.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Ends a run, by its number from 0, with a token.</summary>
    public void Give(int run, string token) =>
        _runs.ElementAt(run).SetResult(new HelperResult { Headers = [new("Authorization", new Secret($"Bearer {token}"))] });

    /// <summary>Ends a run with a failure.</summary>
    public void Fail(int run, string why) => _runs.ElementAt(run).SetResult(new HelperResult { Failure = why });

    /// <summary>Ends a run with a fault of ours.</summary>
    public void Throw(int run) => _runs.ElementAt(run).SetException(new InvalidOperationException("MARKED"));
}
