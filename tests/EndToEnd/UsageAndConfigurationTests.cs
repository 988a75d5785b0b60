using OpencodeOtel.EndToEnd.Support;
using OpencodeOtel.TestCollector;

namespace OpencodeOtel.EndToEnd;

public sealed class UsageAndConfigurationTests
{
    public static TheoryData<string, string[], string[]> BadCommandLines => new()
    {
        { "a scheme-less endpoint", ["replay", "{recording}", "--endpoint", "localhost:4317"], ["--endpoint", "localhost:4317", "http"] },
        { "an unknown protocol", ["replay", "{recording}", "--protocol", "smoke"], ["--protocol", "smoke", "grpc", "http/protobuf", "http/json"] },
        { "a missing file", ["replay", "no-such-recording.sse"], ["no-such-recording.sse"] },
        { "an unknown option", ["replay", "{recording}", "--no-such-option"], ["--no-such-option"] },
        { "an unknown command", ["fly"], ["fly"] },
        { "an unknown exporter", ["replay", "{recording}", "--exporter", "pigeon"], ["--exporter", "pigeon", "otlp", "console", "file:", "none"] },
        { "an unknown report", ["replay", "{recording}", "--report", "song"], ["--report", "song", "text", "json"] },
        { "a speed that is none", ["replay", "{recording}", "--speed", "-1"], ["--speed", "-1"] },
        { "no file at all", ["replay"], ["FILE"] },
    };

    public static TheoryData<string, string, string> BadVariables => new()
    {
        { "OPENCODE_OTLP_ENDPOINT", "localhost:4317", "http" },
        { "OPENCODE_OTLP_PROTOCOL", "smoke", "http/protobuf" },
        { "OPENCODE_OTLP_CERTIFICATE", "/no/such.pem", "does not exist" },
        { "OTEL_EXPORTER_OTLP_LOGS_CLIENT_KEY", "/no/such.pem", "does not exist" },
    };

    [Theory]
    [MemberData(nameof(BadCommandLines))]
    public async Task A_bad_command_line_is_one_sentence_on_standard_error_and_exit_code_2(string what, string[] arguments, string[] words)
    {
        Assert.NotEmpty(what);
        CliResult result = await CliProcess.RunAsync(
            [.. arguments.Select(argument => argument == "{recording}" ? Recordings.PathOf("01-chat.event.sse") : argument)]);

        Assert.Equal(2, result.ExitCode);
        Assert.Empty(result.Output);
        string sentence = result.Error.Split('\n')[0];
        Assert.All(words, word => Assert.Contains(word, sentence, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(BadVariables))]
    public async Task A_bad_variable_is_named_with_what_was_found_and_what_is_accepted(string name, string value, string accepted)
    {
        CliResult result = await CliProcess.RunAsync(
            ["replay", Recordings.PathOf("01-chat.event.sse")], environment: new Dictionary<string, string> { [name] = value });

        Assert.Equal(2, result.ExitCode);
        string sentence = Assert.Single(result.Error.TrimEnd('\n').Split('\n'));
        Assert.Contains(name, sentence, StringComparison.Ordinal);
        Assert.Contains(value, sentence, StringComparison.Ordinal);
        Assert.Contains(accepted, sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "token.usage", "session")]
    [InlineData("my.", "my.token.usage", "my.session")]
    public async Task A_prefix_stands_before_metrics_and_spans_and_an_empty_one_is_none(string prefix, string metric, string span)
    {
        using var directory = new TemporaryDirectory();
        CliResult result = await CliProcess.RunAsync(
            ["replay", Recordings.PathOf("01-chat.event.sse"), "--exporter", $"file:{directory.Path}", "--metric-prefix", prefix]);

        Assert.Equal(0, result.ExitCode);
        IReadOnlyList<ReceivedRequest> requests = await OtlpFile.ReadAsync(directory.Path);
        Assert.Contains(requests.Metrics(), one => one.Item.Name == metric);
        Assert.Contains(requests.Spans(), one => one.Item.Name == span);
        Assert.DoesNotContain(requests.Spans(), one => one.Item.Name.StartsWith("opencode.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Help_goes_to_standard_output_and_names_the_commands()
    {
        CliResult result = await CliProcess.RunAsync(["--help"]);

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("pipe", result.OutputText, StringComparison.Ordinal);
        Assert.Contains("replay", result.OutputText, StringComparison.Ordinal);
        Assert.Empty(result.Error);
    }

    [Fact]
    public async Task The_version_is_one_line()
    {
        CliResult result = await CliProcess.RunAsync(["--version"]);

        Assert.Equal(0, result.ExitCode);
        Assert.Matches(@"^\d+\.\d+\.\d+\n$", result.OutputText);
    }
}
