using System.Runtime.Versioning;
using System.Text;
using Grpc.Core;
using OpencodeOtel.EndToEnd.Support;
using OpencodeOtel.TestCollector;

namespace OpencodeOtel.EndToEnd;

/// <summary>Marked secrets go in everywhere; none may come out but where the specification puts it.</summary>
[UnsupportedOSPlatform("windows")] // The headers helper is a shell script.
public sealed class MarkedSecretsTests
{
    private const string Token = "zq7-Secret-Token";
    private const string Password = "zq7-Secret-Password";
    private const string Query = "zq7-Secret-Query";
    private const string HelperToken = "zq7-Secret-Helper";

    private static readonly string[] Protocols = ["grpc", "http/protobuf", "http/json"];

    public static TheoryData<string, bool> Runs
    {
        get
        {
            var runs = new TheoryData<string, bool>();
            foreach (string protocol in Protocols)
            {
                runs.Add(protocol, false);
                runs.Add(protocol, true);
            }

            return runs;
        }
    }

    /// <summary>Servers that repeat what they were sent, by what they answer.</summary>
    public static TheoryData<string, string, int, StatusCode> Failures
    {
        get
        {
            var failures = new TheoryData<string, string, int, StatusCode>();
            foreach (string protocol in Protocols)
            {
                failures.Add("unauthenticated", protocol, 401, StatusCode.Unauthenticated);
                failures.Add("a server error", protocol, 500, StatusCode.Internal);
                failures.Add("a bad request", protocol, 400, StatusCode.InvalidArgument);
                failures.Add("a partial success", protocol, 200, StatusCode.OK);
            }

            return failures;
        }
    }

    /// <summary>Settings that are no good and hold a secret.</summary>
    public static TheoryData<string[], string, string> BadSettings => new()
    {
        { [], "OPENCODE_OTLP_HEADERS", "bad name=zq7-Secret-Token" },
        { [], "OPENCODE_OTLP_HEADERS", "authorization=zq7-Secret-Token\u0001" },
        { [], "OPENCODE_OTLP_HEADERS", "zq7-Secret-Token" },
        { [], "OPENCODE_OTLP_HEADERS", "host=zq7-Secret-Token,=zq7-Secret-Token" },
        { [], "OTEL_EXPORTER_OTLP_HEADERS", "zq7-Secret-Token" },
        { [], "OTEL_EXPORTER_OTLP_HEADERS", "authorization=%zz zq7-Secret-Token" },
        { [], "OTEL_EXPORTER_OTLP_TRACES_HEADERS", "bad name=zq7-Secret-Token" },
        { [], "OPENCODE_OTLP_ENDPOINT", "user:zq7-Secret-Token@host" },
        { [], "OPENCODE_OTLP_ENDPOINT", "ftp://user:zq7-Secret-Token@host" },
        { [], "OPENCODE_OTLP_ENDPOINT", "http://user:zq7-Secret-Token@:0?key=zq7-Secret-Token" },
        { [], "OPENCODE_OTLP_ENDPOINT", "http://user:zq7-Secret-Token@host/path?key=zq7-Secret-Token" },
        { [], "OPENCODE_TRACEPARENT", "00-zq7-Secret-Token" },
        { [], "OPENCODE_RESOURCE_ATTRIBUTES", "zq7-Secret-Token" },
        { ["--header", "bad name=zq7-Secret-Token"], "", "" },
        { ["--header", "zq7-Secret-Token"], "", "" },
        { ["--header", "@zq7-no-such-file"], "OPENCODE_OTLP_HEADERS", "authorization=zq7-Secret-Token" },
        { ["--haeder=authorization=zq7-Secret-Token"], "", "" },
        { ["--haeder", "authorization=zq7-Secret-Token"], "", "" },
        { ["authorization=zq7-Secret-Token"], "", "" },
        { ["--endpoint", "http://user:zq7-Secret-Token@[::1"], "", "" },
        { ["--endpoint", "https://user:hunter?2zq7-Secret-Token@host"], "", "" },
        { ["--endpoint", "https://user:zq7-Secret-Token?2@host"], "", "" },
        { ["--endpoint", "https://user:123?2zq7-Secret-Token@host", "--protocol", "http/protobuf"], "", "" },
        { ["--endpoint", "https://user:123#2zq7-Secret-Token@host", "--protocol", "http/json"], "", "" },
        { [], "OPENCODE_OTLP_ENDPOINT", "user:zq7-Secret-Token?2@host" },
    };

    /// <summary>Headers helpers that fail and print a secret, and what is said.</summary>
    public static TheoryData<string, string> BadHelpers => new()
    {
        { "exit 3", "ended with exit code 3" },
        { "echo zq7-Secret-Helper", "printed what is not JSON" },
        { """echo '["zq7-Secret-Helper"]'""", "printed JSON that is not an object" },
        { """echo '{"authorization":["zq7-Secret-Helper"]}'""", "gives 'authorization' a value that is not a string" },
        { """echo '{"authorization":"zq7-Secret-Helper\u0001"}'""", "gives 'authorization' a value with characters that are not allowed" },
        { """echo '{"bad name":"zq7-Secret-Helper"}'""", "gives 'bad name', a name that is not allowed" },
        { """echo '{"host":"zq7-Secret-Helper"}'""", "gives 'host', which the exporter sets itself" },
        { "yes zq7-Secret-Helper", "printed more than 1 MiB" },
    };

    [Theory]
    [MemberData(nameof(BadHelpers))]
    public async Task A_headers_helper_that_fails_is_named_without_what_it_printed(string body, string problem)
    {
        await using OtlpTestServer server = await OtlpTestServer.StartAsync(_ => ScriptedAnswer.Failure(401, StatusCode.Unauthenticated));
        using HelperProgram helper = new($"echo zq7-Helper-Error >&2; {body}");

        CliResult result = await CliProcess.RunAsync(
            ["pipe", "--enable", "--verbose", "--retry-budget", "0", "--endpoint", server.GrpcEndpoint.ToString(), "--report", "json"],
            MarkedStream.Write(),
            helper.Environment,
            helper.WorkingDirectory);

        Assert.Equal(0, result.ExitCode);
        Assert.Contains($"the headers helper {helper.FilePath} {problem}", result.Error, StringComparison.Ordinal);
        AssertClean(result, string.Empty);
    }

    [Theory]
    [MemberData(nameof(Runs))]
    public async Task What_is_delivered_holds_content_only_when_it_is_captured_and_no_output_holds_any(string protocol, bool captured)
    {
        await using OtlpTestServer server = await OtlpTestServer.StartAsync();

        (CliResult result, string report) = await PipeAsync(protocol, Address(protocol, server), captured ? ["--capture-content"] : []);

        Assert.Equal(0, result.ExitCode);
        AssertClean(result, report);
        string payloads = string.Concat(server.Requests.Select(request => request.Message.ToString()));
        Assert.All(MarkedStream.Told, mark => Assert.Contains(mark, payloads, StringComparison.Ordinal));
        Assert.Equal(captured, payloads.Contains("zq7-Prompt-Text", StringComparison.Ordinal));
        Assert.Equal(captured, payloads.Contains("zq7-Tool-Output", StringComparison.Ordinal));
        Assert.DoesNotContain(Token, payloads, StringComparison.Ordinal);
        Assert.DoesNotContain(Password, payloads, StringComparison.Ordinal);
        if (!captured)
        {
            Assert.All(MarkedStream.Content, mark => Assert.DoesNotContain(mark, payloads, StringComparison.Ordinal));
        }

        Assert.DoesNotContain(HelperToken, payloads, StringComparison.Ordinal);
        Assert.All((string[])[Token, HelperToken], secret => Assert.Contains(
            server.Requests, request => request.Headers.Values.Any(value => value.Contains(secret, StringComparison.Ordinal))));
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task What_a_failing_server_repeats_is_in_no_output(string what, string protocol, int http, StatusCode grpc)
    {
        await using OtlpTestServer server = await OtlpTestServer.StartAsync(request =>
        {
            string echo = Echo(request);
            return http == 200 ? ScriptedAnswer.Partial(1, echo) : ScriptedAnswer.Failure(http, grpc, echo);
        });

        (CliResult result, string report) = await PipeAsync(protocol, Address(protocol, server), ["--capture-content"]);

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("the server says:", result.Error, StringComparison.Ordinal);
        Assert.True(server.Requests.Count > 0, what);
        AssertClean(result, report);
    }

    [Theory]
    [InlineData("grpc")]
    [InlineData("http/protobuf")]
    public async Task A_server_that_is_not_there_makes_no_output_hold_any(string protocol)
    {
        await using OtlpTestServer gone = await OtlpTestServer.StartAsync();
        Uri address = Address(protocol, gone);
        await gone.DisposeAsync();

        (CliResult result, string report) = await PipeAsync(protocol, address, ["--capture-content", "--shutdown-timeout", "1s"]);

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("warning", result.Error, StringComparison.Ordinal);
        AssertClean(result, report);
    }

    [Fact]
    public async Task A_redirect_that_names_a_secret_does_not_show_it()
    {
        await using OtlpTestServer server = await OtlpTestServer.StartAsync(_ => new ScriptedAnswer
        {
            Http = new ScriptedHttp(302) { Headers = new Dictionary<string, string> { ["Location"] = $"http://user:{Password}@elsewhere/?key={Token}" } },
        });

        (CliResult result, string report) = await PipeAsync("http/protobuf", Address("http/protobuf", server), []);

        Assert.Contains("elsewhere", result.Error, StringComparison.Ordinal);
        AssertClean(result, report);
    }

    [Theory]
    [MemberData(nameof(BadSettings))]
    public async Task A_setting_that_is_no_good_is_named_without_its_secret(string[] arguments, string variable, string value)
    {
        var environment = new Dictionary<string, string> { ["OPENCODE_ENABLE_TELEMETRY"] = "1" };
        if (variable.Length > 0)
        {
            environment[variable] = value;
        }

        CliResult result = await CliProcess.RunAsync(["pipe", "--verbose", .. arguments], [], environment);

        Assert.NotEmpty(result.Error);
        Assert.DoesNotContain("zq7-Secret", result.Error + result.OutputText, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("https://user:123?2zq7-Secret-Token@host")]
    [InlineData("https://user:123#2zq7-Secret-Token@host")]
    public async Task A_password_that_would_make_another_server_of_the_endpoint_is_a_matter_of_usage(string endpoint)
    {
        CliResult result = await CliProcess.RunAsync(["pipe", "--enable", "--protocol", "http/protobuf", "--endpoint", endpoint], []);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("%3F", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("zq7", result.Error, StringComparison.Ordinal);
    }

    private static async Task<(CliResult Result, string Report)> PipeAsync(string protocol, Uri address, string[] more)
    {
        using var directory = new TemporaryDirectory();
        using HelperProgram helper = new($$"""echo zq7-Helper-Error >&2; echo '{"x-helper":"Bearer {{HelperToken}}"}'""");
        string reportFile = Path.Combine(directory.Path, "report.json");
        var environment = new Dictionary<string, string>
        {
            ["OPENCODE_ENABLE_TELEMETRY"] = "1",
            ["OPENCODE_OTLP_HEADERS_HELPER"] = helper.FilePath,
            ["OPENCODE_OTLP_HEADERS"] = $"x-token={Token},x-scheme=Bearer {Token}-Two",
            ["OTEL_EXPORTER_OTLP_HEADERS"] = $"x-other={Token}",
            ["OTEL_EXPORTER_OTLP_TRACES_HEADERS"] = $"x-other={Token}",
            ["OPENCODE_OTLP_ENDPOINT"] = address.ToString(),
            ["OPENCODE_OTLP_PROTOCOL"] = protocol,
        };
        string[] arguments = ["pipe", "--verbose", "--max-line-bytes", $"{MarkedStream.LineLimit}", .. more];
        CliResult text = await CliProcess.RunAsync(arguments, MarkedStream.Write(), environment);
        CliResult json = await CliProcess.RunAsync([.. arguments, "--report", "json", "--report-file", reportFile], MarkedStream.Write(), environment);
        return (text with { Error = text.Error + json.Error, Output = [.. text.Output, .. json.Output] }, await File.ReadAllTextAsync(reportFile));
    }

    /// <summary>The address with a user, a password and, where the protocol takes one, a query.</summary>
    private static Uri Address(string protocol, OtlpTestServer server) => new(
        protocol == "grpc"
            ? $"http://user:{Password}@{server.GrpcEndpoint.Authority}"
            : $"http://user:{Password}@{server.HttpEndpoint.Authority}/?key={Query}&other=zq7%2DSecret%2DEscaped");

    private static string Echo(ReceivedRequest request)
    {
        string sent = Encoding.UTF8.GetString(request.Body.Span);
        IEnumerable<string> repeated = MarkedStream.Content.Concat(MarkedStream.Told).Where(mark => sent.Contains(mark, StringComparison.Ordinal)).Take(6);

        // A path with its query is in no gRPC call.
        string path = request.Transport == OtlpTransport.Http ? $"/v1/logs?key={Query}&other=zq7-Secret-Escaped" : "";
        return $"the server says: {string.Join(' ', request.Headers.Values.Where(value => value.Contains("zq7", StringComparison.Ordinal)))} "
            + $"user:{Password} {Password} {path} {string.Join(", ", repeated)} in opencode.token.usage";
    }

    private static void AssertClean(CliResult result, string report)
    {
        string all = result.Error + result.OutputText + report;

        // With what follows each mark: the random name of a temporary folder may hold the letters, too.
        int at = all.IndexOf(MarkedStream.Mark + "-", StringComparison.OrdinalIgnoreCase);
        Assert.True(at < 0, at < 0 ? "" : $"a mark is shown: …{all[Math.Max(0, at - 80)..Math.Min(all.Length, at + 60)]}…");
    }
}
