using System.Diagnostics;
using System.Text.Json;
using OpencodeOtel.EndToEnd.Support;

namespace OpencodeOtel.EndToEnd.Peers;

/// <summary>Against a gRPC server of another language, which reads requests by the schema alone.</summary>
public sealed class GrpcJsTests
{
    [GrpcJsFact]
    public async Task A_server_of_another_language_reads_everything_and_a_refusal_that_may_pass_costs_nothing()
    {
        string script = Path.Combine(AppContext.BaseDirectory, "Peers", "grpc-js-server.mjs");
        var start = new ProcessStartInfo("node", [script, Path.Combine(CliProcess.RepositoryRoot, "proto"), "2"]) { RedirectStandardOutput = true };
        using Process server = Process.Start(start)!;
        using var deadline = new CancellationTokenSource(CliProcess.Deadline);
        string? port = await server.StandardOutput.ReadLineAsync(deadline.Token);

        CliResult result = await CliProcess.RunAsync(
        [
            "replay", Recordings.PathOf("04-subagent.event.sse"), "--endpoint", $"http://127.0.0.1:{port}", "--header", "x-token=t",
            "--compression", "gzip", "--batch-bytes", "4KiB", "--report", "json",
        ]);
        server.Kill();
        List<JsonElement> taken = [.. Lines(await server.StandardOutput.ReadToEndAsync(deadline.Token))];

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(result.Account.Records("spans"), Items(taken, "trace"));
        Assert.Equal(result.Account.Records("logs"), Items(taken, "logs"));
        Assert.Equal(result.Account.Records("metrics"), Items(taken, "metrics"));
        Assert.Equal(result.Account.FateTotal("spans"), result.Account.Fate("spans", "delivered"));
        Assert.True(result.Account.Root.GetProperty("export").GetProperty("retries").GetInt64() > 0);
        Assert.Contains(taken, request => request.GetProperty("names").EnumerateArray().Any(name => name.GetString() == "opencode.tool.task"));
        Assert.All(taken, request => Assert.Equal("t", request.GetProperty("token").GetString()));
    }

    private static long Items(IEnumerable<JsonElement> taken, string signal) =>
        taken.Where(request => request.GetProperty("signal").GetString() == signal).Sum(request => request.GetProperty("items").GetInt64());

    private static IEnumerable<JsonElement> Lines(string text)
    {
        foreach (string line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            using JsonDocument document = JsonDocument.Parse(line);
            yield return document.RootElement.Clone();
        }
    }
}
