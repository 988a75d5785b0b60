using OpencodeOtel.Pipeline.Checking;
using OpencodeOtel.Pipeline.Configuration;
using OpencodeOtel.Pipeline.Tests.Exporting;
using OpencodeOtel.TestCollector;
using StatusCode = Grpc.Core.StatusCode;

namespace OpencodeOtel.Pipeline.Tests.Checking;

public sealed class ServerCheckTests
{
    private static readonly string[] Exports = ["traces accepted", "metrics accepted", "logs accepted"];

    public static TheoryData<string, string> ProtocolsAndCompressions
    {
        get
        {
            TheoryData<string, string> all = [];
            foreach (string protocol in new[] { "grpc", "http/protobuf", "http/json" })
            {
                foreach (string compression in new[] { "none", "gzip", "zstd" })
                {
                    all.Add(protocol, compression);
                }
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(ProtocolsAndCompressions))]
    public async Task A_server_that_takes_everything_is_asked_once_a_signal_with_no_record_and_the_real_headers(string protocol, string compression)
    {
        await using OtlpTestServer server = await OtlpTestServer.StartAsync();
        IReadOnlyList<CheckResult> results = await Checks.OfAsync(
            $"--endpoint {Checks.EndpointOf(server, protocol)}", $"--protocol {protocol}", $"--compression {compression}", "--header x-key=MARKED-SECRET");

        Assert.Equal(
            ["endpoint Ok", "name resolves Skipped", "connects Ok", "TLS Skipped", "traces accepted Ok", "metrics accepted Ok", "logs accepted Ok", "headers helper Skipped", "spool Skipped"],
            results.Shape());
        Assert.Empty(server.Refused);
        Assert.Equal(["Logs", "Metrics", "Traces"], server.Accepted.Select(request => request.Signal.ToString()).Order());
        Assert.All(server.Accepted, request =>
        {
            Assert.Equal(0, request.Message.CalculateSize());
            Assert.Equal("MARKED-SECRET", request.Headers["x-key"]);
            Assert.Equal(compression == "none" ? null : compression, request.Headers.GetValueOrDefault(protocol == "grpc" ? "grpc-encoding" : "content-encoding"));
        });
        Assert.DoesNotContain("MARKED", string.Concat(results), StringComparison.Ordinal);
        Assert.StartsWith(protocol == "grpc" ? "OK in " : "200 in ", results.Of("logs accepted").Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_is_shown_with_its_addresses()
    {
        await using OtlpTestServer server = await OtlpTestServer.StartAsync();
        CheckResult name = (await Checks.OfAsync($"--endpoint http://localhost:{server.GrpcEndpoint.Port}")).Of("name resolves");
        Assert.Equal(CheckStatus.Ok, name.Status);
        Assert.Equal("localhost", name.Target);
        Assert.Contains("127.0.0.1", name.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_does_not_resolve_leaves_nothing_to_connect_to()
    {
        IReadOnlyList<CheckResult> results = await Checks.OfAsync("--endpoint http://nonexistent.invalid:4317");
        Assert.Equal(
            ["endpoint Ok", "name resolves Failed", "connects Skipped", "TLS Skipped", "traces accepted Skipped", "metrics accepted Skipped", "logs accepted Skipped", "headers helper Skipped", "spool Skipped"],
            results.Shape());
        Assert.Equal("the name does not resolve", results.Of("logs accepted").Detail);
        Assert.NotNull(results.Of("name resolves").Hint);
    }

    [Fact]
    public async Task A_port_where_nobody_listens_is_named()
    {
        Uri unused = Destination.Unused();
        IReadOnlyList<CheckResult> results = await Checks.OfAsync($"--endpoint {unused}");
        CheckResult connects = results.Of("connects");
        Assert.Equal((CheckStatus.Failed, unused.Authority, "refused the connection"), (connects.Status, connects.Target, connects.Detail));
        Assert.All(Exports, check => Assert.Equal((CheckStatus.Skipped, "there is no connection"), (results.Of(check).Status, results.Of(check).Detail)));
    }

    public static TheoryData<string, int, StatusCode, string, string> Refusals => new()
    {
        { "http/protobuf", 401, StatusCode.OK, "answered 401: nope", "the server refuses the credentials" },
        { "http/json", 403, StatusCode.OK, "answered 403: nope", "the server refuses the credentials" },
        { "http/protobuf", 404, StatusCode.OK, "answered 404", "look at the path, /base/v1/logs" },
        { "http/protobuf", 503, StatusCode.OK, "answered 503: nope", "takes nothing now" },
        { "grpc", 200, StatusCode.Unauthenticated, "answered Unauthenticated: nope", "the server refuses the credentials" },
        { "grpc", 200, StatusCode.PermissionDenied, "answered PermissionDenied: nope", "the server refuses the credentials" },
        { "grpc", 200, StatusCode.Unimplemented, "answered Unimplemented: nope", "no OTLP service" },
        { "grpc", 200, StatusCode.Unavailable, "answered Unavailable: nope", "takes nothing now" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task A_refusal_is_told_with_its_status_and_what_to_try(string protocol, int http, StatusCode grpc, string detail, string hint)
    {
        await using OtlpTestServer server = await OtlpTestServer.StartAsync(_ => ScriptedAnswer.Failure(http, grpc, "nope"));
        string path = http == 404 ? "/base" : string.Empty;
        CheckResult result = (await Checks.OfAsync(
            $"--endpoint {Checks.EndpointOf(server, protocol)}{path}", $"--protocol {protocol}", "--header x-key=MARKED-SECRET")).Of("logs accepted");
        Assert.Equal(CheckStatus.Failed, result.Status);
        Assert.Equal(detail, result.Detail);
        Assert.Contains(hint, result.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_wants_credentials_and_gets_none_is_given_a_way_to_send_some()
    {
        await using OtlpTestServer server = await OtlpTestServer.StartAsync(_ => ScriptedAnswer.Failure(401, StatusCode.Unauthenticated));
        CheckResult result = (await Checks.OfAsync($"--endpoint {server.GrpcEndpoint}")).Of("traces accepted");
        Assert.Contains("--header", result.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_success_that_warns_is_a_success_and_its_words_are_shown_without_our_secrets()
    {
        await using OtlpTestServer server = await OtlpTestServer.StartAsync(_ => ScriptedAnswer.Partial(0, "use\nx-key, not MARKED-SECRET"));
        CheckResult result = (await Checks.OfAsync($"--endpoint {server.GrpcEndpoint}", "--header x-key=MARKED-SECRET")).Of("traces accepted");
        Assert.Equal(CheckStatus.Ok, result.Status);
        Assert.EndsWith("and says: use x-key, not ***", result.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_web_page_is_no_success_though_its_status_is()
    {
        await using RawServer server = RawServer.Start("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: 4\r\n\r\n<!--");
        CheckResult result = (await Checks.OfAsync($"--endpoint http://{server.Endpoint.Authority}", "--protocol http/protobuf")).Of("metrics accepted");
        Assert.Equal(CheckStatus.Failed, result.Status);
        Assert.Equal("answered 200 with a web page, as no OTLP server does", result.Detail);
        Assert.Contains("/v1/metrics", result.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_speaks_HTTP_1_is_not_one_for_gRPC_and_the_other_protocol_is_suggested()
    {
        await using OtlpTestServer server = await OtlpTestServer.StartAsync();
        CheckResult result = (await Checks.OfAsync($"--endpoint {server.HttpEndpoint}")).Of("logs accepted");
        Assert.Equal(CheckStatus.Failed, result.Status);
        Assert.Contains("set the protocol to http/protobuf", result.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_speaks_gRPC_is_not_one_for_HTTP_and_the_other_protocol_is_suggested()
    {
        await using OtlpTestServer server = await OtlpTestServer.StartAsync();
        CheckResult result = (await Checks.OfAsync($"--endpoint {server.GrpcEndpoint}", "--protocol http/protobuf")).Of("logs accepted");
        Assert.Equal(CheckStatus.Failed, result.Status);
        Assert.Contains("set the protocol to grpc", result.Hint, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("grpc")]
    [InlineData("http/protobuf")]
    public async Task A_server_that_never_answers_fails_after_the_timeout(string protocol)
    {
        TaskCompletionSource never = new();
        await using OtlpTestServer server = await OtlpTestServer.StartAsync(_ => ScriptedAnswer.Held(never.Task));
        IReadOnlyList<CheckResult> results = await Checks.OfAsync(
            $"--endpoint {Checks.EndpointOf(server, protocol)}", $"--protocol {protocol}", "--timeout 300ms");
        Assert.All(Exports, check =>
        {
            Assert.Equal(CheckStatus.Failed, results.Of(check).Status);
            Assert.StartsWith("no answer from ", results.Of(check).Detail, StringComparison.Ordinal);
            Assert.EndsWith(" within 0.3 s", results.Of(check).Detail, StringComparison.Ordinal);
            Assert.Contains("does not answer", results.Of(check).Hint, StringComparison.Ordinal);
        });
    }

    [Theory]
    [InlineData("grpc")]
    [InlineData("http/json")]
    public async Task A_Unix_socket_has_no_name_and_takes_exports(string protocol)
    {
        await using OtlpTestServer server = await OtlpTestServer.StartAsync();
        DirectoryInfo folder = Directory.CreateTempSubdirectory("otel-");
        string path = Path.Combine(folder.FullName, "otlp.sock");
        await using (Relay relay = Relay.OfUnixSocket(path, new Uri(Checks.EndpointOf(server, protocol)).Port))
        {
            IReadOnlyList<CheckResult> results = await Checks.OfAsync($"--endpoint unix://{path}", $"--protocol {protocol}");
            Assert.Equal(
                ["endpoint Ok", "name resolves Skipped", "connects Ok", "TLS Skipped", "traces accepted Ok", "metrics accepted Ok", "logs accepted Ok", "headers helper Skipped", "spool Skipped"],
                results.Shape());
            Assert.Equal(path, results.Of("connects").Target);
        }

        folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("/no/such/otlp.sock", "does not exist")]
    [InlineData("/a-path-that-is-longer-than-an-address-of-a-socket-may-be-which-is-at-most-one-hundred-and-eight-bytes-on-linux", "longer than")]
    public async Task A_Unix_socket_that_cannot_be_reached_fails(string path, string detail)
    {
        CheckResult connects = (await Checks.OfAsync($"--endpoint unix://{path}")).Of("connects");
        Assert.Equal(CheckStatus.Failed, connects.Status);
        Assert.Contains(detail, connects.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signals_that_share_a_server_share_its_checks_and_others_have_their_own_in_order()
    {
        await using OtlpTestServer server = await OtlpTestServer.StartAsync();
        IReadOnlyList<CheckResult> results = await Checks.OfAsync(
            "OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf",
            $"OTEL_EXPORTER_OTLP_ENDPOINT={server.HttpEndpoint}",
            "OTEL_EXPORTER_OTLP_METRICS_PROTOCOL=grpc",
            $"OTEL_EXPORTER_OTLP_METRICS_ENDPOINT={server.GrpcEndpoint}");
        Assert.Equal(
            [
                "endpoint Ok", "name resolves Skipped", "connects Ok", "TLS Skipped", "traces accepted Ok", "logs accepted Ok",
                "endpoint Ok", "name resolves Skipped", "connects Ok", "TLS Skipped", "metrics accepted Ok", "headers helper Skipped", "spool Skipped",
            ],
            results.Shape());
        Assert.Equal(["http/protobuf, for traces, logs", "grpc, for metrics"], results.Where(result => result.Check == "endpoint").Select(result => result.Detail));
    }

    [Fact]
    public async Task A_signal_that_is_switched_off_is_not_sent()
    {
        await using OtlpTestServer server = await OtlpTestServer.StartAsync();
        IReadOnlyList<CheckResult> results = await Checks.OfAsync(
            $"--endpoint {server.GrpcEndpoint}", "--disable-logs", "--disable-traces all", "OTEL_METRICS_EXPORTER=none");
        Assert.All(Exports, check => Assert.Equal(CheckStatus.Skipped, results.Of(check).Status));
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData("http/protobuf", 4317)]
    [InlineData("grpc", 4318)]
    public async Task The_usual_port_of_the_other_protocol_is_remarked_on(string protocol, int port)
    {
        CheckResult endpoint = (await Checks.OfAsync($"--endpoint http://nonexistent.invalid:{port}", $"--protocol {protocol}")).Of("endpoint");
        Assert.Contains($"{port} is the usual port", endpoint.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://nonexistent.invalid:4317", true)]
    [InlineData("http://127.0.0.1:9", false)]
    public async Task Headers_that_leave_the_machine_in_the_clear_are_remarked_on(string endpoint, bool isRemarked)
    {
        CheckResult tls = (await Checks.OfAsync($"--endpoint {endpoint}", "--header x-key=one")).Of("TLS");
        Assert.Equal(CheckStatus.Skipped, tls.Status);
        Assert.Equal(isRemarked, tls.Detail.Contains("can be read on the way", StringComparison.Ordinal));
    }

    [Fact]
    public async Task User_info_and_query_of_an_endpoint_are_not_shown()
    {
        await using OtlpTestServer server = await OtlpTestServer.StartAsync(_ => ScriptedAnswer.Failure(401, StatusCode.Unauthenticated, "MARKED-SECRET"));
        IReadOnlyList<CheckResult> results = await Checks.OfAsync(
            $"--endpoint http://user:MARKED-SECRET@{server.HttpEndpoint.Authority}/?key=MARKED-SECRET", "--protocol http/protobuf");
        Assert.Equal(CheckStatus.Failed, results.Of("logs accepted").Status);
        Assert.DoesNotContain("MARKED", string.Concat(results), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelling_ends_it_at_once()
    {
        await using OtlpTestServer server = await OtlpTestServer.StartAsync(_ => ScriptedAnswer.Held(new TaskCompletionSource().Task));
        using CancellationTokenSource stop = new();
        TelemetryOptions options = Configuration.Resolving.From($"--endpoint {server.GrpcEndpoint}", "--timeout 0").Options;
        Task run = Task.Run(async () =>
        {
            await foreach (CheckResult result in ConfigurationChecks.RunAsync(options, TimeProvider.System, stop.Token))
            {
                Assert.NotEqual(CheckStatus.Failed, result.Status);
            }
        });
        await server.WaitForAsync(one => one.Requests.Count > 0, TimeSpan.FromMinutes(1));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.WaitAsync(TimeSpan.FromSeconds(5)));
    }

    [Fact]
    public async Task Exporters_that_send_nothing_away_have_nothing_to_check()
    {
        IReadOnlyList<CheckResult> results = await Checks.OfAsync("--exporter none", "--exporter console");
        Assert.Equal(["exporter Skipped", "exporter Skipped", "spool Skipped"], results.Shape());
        Assert.Equal(["none", "console", "none"], results.Select(result => result.Target));
    }
}
