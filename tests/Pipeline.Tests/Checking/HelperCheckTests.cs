using System.Runtime.Versioning;
using OpencodeOtel.Pipeline.Checking;
using OpencodeOtel.Pipeline.Tests.Exporting.Credentials;
using OpencodeOtel.TestCollector;

namespace OpencodeOtel.Pipeline.Tests.Checking;

[UnsupportedOSPlatform("windows")] // The helpers are scripts of a POSIX shell.
public sealed class HelperCheckTests : IDisposable
{
    private readonly HelperScript _script = new();

    public void Dispose() => _script.Dispose();

    [Theory]
    [InlineData("grpc")]
    [InlineData("http/protobuf")]
    public async Task Its_headers_win_over_those_that_are_set_and_no_value_is_shown(string protocol)
    {
        await using OtlpTestServer server = await OtlpTestServer.StartAsync(_ => ScriptedAnswer.Partial(0, "thanks for MARKED-SECRET"));
        string runs = Path.Combine(_script.Directory, "runs");
        string path = _script.Write($$"""echo >> {{runs}}; echo '{"x-key":"MARKED-SECRET","x-more":"two"}'""");
        IReadOnlyList<CheckResult> results = await CheckAsync(path, $"--endpoint {Checks.EndpointOf(server, protocol)}", $"--protocol {protocol}", "--header X-Key=old", "--header x-other=three");

        CheckResult helper = results.Of("headers helper");
        Assert.Equal((CheckStatus.Ok, path), (helper.Status, helper.Target));
        Assert.StartsWith("2 headers (x-key, x-more) in ", helper.Detail, StringComparison.Ordinal);
        Assert.Equal(3, server.Accepted.Count);
        Assert.All(server.Accepted, request => Assert.Equal(
            ("MARKED-SECRET", "two", "three"), (request.Headers["x-key"], request.Headers["x-more"], request.Headers["x-other"])));
        Assert.Single(await File.ReadAllLinesAsync(runs));
        Assert.EndsWith("and says: thanks for ***", results.Of("logs accepted").Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("MARKED", string.Concat(results), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("echo MARKED-SECRET; echo MARKED-SECRET >&2; exit 3", "ended with exit code 3")]
    [InlineData("echo MARKED-SECRET", "printed what is not JSON")]
    public async Task A_failure_is_told_without_what_it_printed_and_the_headers_that_are_set_serve(string body, string detail)
    {
        await using OtlpTestServer server = await OtlpTestServer.StartAsync();
        IReadOnlyList<CheckResult> results = await CheckAsync(_script.Write(body), $"--endpoint {server.GrpcEndpoint}", "--header x-key=one");

        CheckResult helper = results.Of("headers helper");
        Assert.Equal((CheckStatus.Failed, detail), (helper.Status, helper.Detail));
        Assert.All(server.Accepted, request => Assert.Equal("one", request.Headers["x-key"]));
        Assert.Equal(CheckStatus.Ok, results.Of("logs accepted").Status);
        Assert.DoesNotContain("MARKED", string.Concat(results), StringComparison.Ordinal);
    }

    private static Task<IReadOnlyList<CheckResult>> CheckAsync(string helper, params string[] given) =>
        Checks.OfAsync([$"OPENCODE_OTLP_HEADERS_HELPER={helper}", .. given]);
}
