using OpencodeOtel.Pipeline.Checking;
using OpencodeOtel.Pipeline.Configuration;
using OpencodeOtel.TestCollector;

namespace OpencodeOtel.Pipeline.Tests.Checking;

/// <summary>Runs the checks of a configuration that is made up for a test.</summary>
internal static class Checks
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    /// <summary>Runs all checks of variables and options, as <see cref="Configuration.Resolving"/> takes them.</summary>
    public static Task<IReadOnlyList<CheckResult>> OfAsync(params string[] given) => OfAsync(Configuration.Resolving.From(given).Options);

    /// <summary>Runs all checks of options.</summary>
    public static async Task<IReadOnlyList<CheckResult>> OfAsync(TelemetryOptions options)
    {
        using CancellationTokenSource deadline = new(Deadline);
        List<CheckResult> results = [];
        await foreach (CheckResult result in ConfigurationChecks.RunAsync(options, TimeProvider.System, deadline.Token))
        {
            results.Add(result);
        }

        return results;
    }

    /// <summary>The endpoint of a server as it is set for a protocol.</summary>
    public static string EndpointOf(OtlpTestServer server, string protocol) => (protocol == "grpc" ? server.GrpcEndpoint : server.HttpEndpoint).ToString().TrimEnd('/');

    /// <summary>The only result of a check.</summary>
    public static CheckResult Of(this IReadOnlyList<CheckResult> results, string check) => Assert.Single(results, result => result.Check == check);

    /// <summary>Each check with what came of it, such as <c>connects Ok</c>.</summary>
    public static IEnumerable<string> Shape(this IReadOnlyList<CheckResult> results) => results.Select(result => $"{result.Check} {result.Status}");
}
