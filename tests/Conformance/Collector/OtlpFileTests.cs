using OpencodeOtel.TestCollector;

namespace OpencodeOtel.Conformance.Collector;

public sealed class OtlpFileTests : IDisposable
{
    private const string Logs =
        """{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"observedTimeUnixNano":"2","severityNumber":9,"""
        + """
        "eventName":"noted"}]}]}]}
        """;

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("otlp-file");

    private static string Traces => Sample.TracesJson.ReplaceLineEndings("");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task Each_line_of_each_file_reads_as_the_request_that_a_server_would_have_got()
    {
        Write("logs.jsonl", Logs + "\n" + Logs + "\n");
        Write("traces.jsonl", Traces + "\n");
        IReadOnlyList<ReceivedRequest> requests = await OtlpFile.ReadAsync(_directory.FullName);
        Assert.Equal([Sample.Traces(), Sample.Logs(), Sample.Logs()], requests.Select(request => request.Message));
        Assert.Equal(
            [OtlpSignal.Traces, OtlpSignal.Logs, OtlpSignal.Logs], requests.Select(request => request.Signal));
        Assert.Equal([0, 1, 2], requests.Select(request => request.Order));
        Assert.All(requests, request => Assert.Equal(OtlpTransport.File, request.Transport));
        Assert.Equal(Logs, System.Text.Encoding.UTF8.GetString(requests[2].Body.Span));
        Assert.Equal("work", Assert.Single(requests.Spans()).Item.Name);
        Assert.Equal(2, requests.LogRecords().Count);
    }

    [Theory]
    [InlineData("{}")] // the line feed is missing
    [InlineData("{}\n{\"resourceSpans\":[\n")]
    [InlineData("{}\n\n")]
    [InlineData("{}\n{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"traceId\":\"00\"}]}]}]}\n")]
    [InlineData("{}\n{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"name\":\"no ids\"}]}]}]}\n")]
    public async Task A_line_that_is_not_a_whole_message_is_an_error_that_names_it(string content)
    {
        Write("traces.jsonl", content);
        InvalidDataException error =
            await Assert.ThrowsAsync<InvalidDataException>(() => OtlpFile.ReadAsync(_directory.FullName));
        int line = content.Contains('\n', StringComparison.Ordinal) ? 2 : 1;
        Assert.StartsWith($"traces.jsonl, line {line}: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_directory_that_is_not_there_is_an_error_and_an_empty_one_holds_nothing()
    {
        Assert.Empty(await OtlpFile.ReadAsync(_directory.FullName));
        await Assert.ThrowsAsync<DirectoryNotFoundException>(
            () => OtlpFile.ReadAsync(Path.Combine(_directory.FullName, "none")));
    }

    private void Write(string name, string content) =>
        File.WriteAllText(Path.Combine(_directory.FullName, name), content);
}
