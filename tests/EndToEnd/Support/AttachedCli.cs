using System.Diagnostics;
using System.Globalization;
using System.Text;
using OpencodeOtel.TestCollector;

namespace OpencodeOtel.EndToEnd.Support;

/// <summary>A running <c>attach</c>, whose telemetry goes to a server of its own.</summary>
public sealed class AttachedCli : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Task<CliResult> _finished;
    private readonly TaskCompletionSource _following = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _deadline = new(5 * CliProcess.Deadline);

    private AttachedCli(Process process, OtlpTestServer collector)
    {
        _process = process;
        Collector = collector;
        _finished = FinishAsync();
    }

    /// <summary>Gets the server that the telemetry goes to.</summary>
    public OtlpTestServer Collector { get; }

    /// <summary>Starts it.</summary>
    /// <param name="arguments">What stands after <c>attach</c>.</param>
    /// <param name="environment">Variables, such as the password.</param>
    public static async Task<AttachedCli> StartAsync(IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        OtlpTestServer collector = await OtlpTestServer.StartAsync();
        Process process = CliProcess.Start(
        [
            "attach", .. arguments, "--enable", "--endpoint", collector.GrpcEndpoint.ToString(), "--report", "json",
            "--logs-interval", "50", "--metrics-interval", "200",
        ], environment);
        process.StandardInput.Close();
        return new AttachedCli(process, collector);
    }

    /// <summary>Waits until it says that it follows a server.</summary>
    public Task WaitUntilFollowingAsync() => _following.Task.WaitAsync(_deadline.Token);

    /// <summary>Waits until a log record of a kind has come, so many times.</summary>
    public Task WaitForLogAsync(string name, int count = 1) => Collector.WaitForAsync(
        received => received.LogRecords.Count(record => record.Item.EventName == name) >= count, CliProcess.Deadline);

    /// <summary>Waits until it ends by itself.</summary>
    public Task<CliResult> EndAsync() => _finished;

    /// <summary>Ends it by Ctrl-C.</summary>
    public async Task<CliResult> StopAsync()
    {
        using Process kill = Process.Start("kill", ["-s", "INT", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        return await _finished;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        await _finished;
        _process.Dispose();
        await Collector.DisposeAsync();
        _deadline.Dispose();
    }

    private async Task<CliResult> FinishAsync()
    {
        var error = new StringBuilder();
        try
        {
            while (await _process.StandardError.ReadLineAsync(_deadline.Token) is { } line)
            {
                error.AppendLine(line);
                if (line.Contains("following", StringComparison.Ordinal))
                {
                    _following.TrySetResult();
                }
            }

            await _process.WaitForExitAsync(_deadline.Token);
            return new CliResult(_process.ExitCode, [], error.ToString());
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
            throw new TimeoutException($"The program did not end within the deadline. It said:\n{error}");
        }
    }
}
