using System.Diagnostics;
using System.Reflection;
using OpencodeOtel.EndToEnd.Support;
using OpencodeOtel.TestCollector;

namespace OpencodeOtel.EndToEnd;

/// <summary>The sample of a program that has the pipeline inside.</summary>
public sealed class EmbeddingTests
{
    [Fact]
    public async Task The_sample_delivers_what_the_program_delivers_and_reads_the_account()
    {
        await using OtlpTestServer collector = await OtlpTestServer.StartAsync();
        string sample = typeof(EmbeddingTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(entry => entry.Key == "EmbeddingPath").Value!;
        string recording = Path.Combine(CliProcess.RepositoryRoot, "samples", "session.sse");
        var start = new ProcessStartInfo("dotnet", [sample, recording]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["OPENCODE_OTLP_ENDPOINT"] = collector.GrpcEndpoint.ToString();

        using Process process = Process.Start(start)!;
        using var deadline = new CancellationTokenSource(CliProcess.Deadline);
        CliResult result = await CliProcess.FinishAsync(process, deadline.Token);

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Contains("flush: Delivered", result.OutputText, StringComparison.Ordinal);
        Assert.Contains($"otlp: {collector.Spans.Count} spans, {collector.LogRecords.Count} log records, ", result.OutputText, StringComparison.Ordinal);
        Assert.Contains(collector.Spans, span => span.Item.Name == "sample.session");
    }
}
