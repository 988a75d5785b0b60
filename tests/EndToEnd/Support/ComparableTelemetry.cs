using System.Globalization;
using OpencodeOtel.TestCollector;
using OpenTelemetry.Proto.Common.V1;
using OpenTelemetry.Proto.Trace.V1;

namespace OpencodeOtel.EndToEnd.Support;

/// <summary>Telemetry as a sorted list of texts without what depends on when it was made: so a live session can be compared with its replay.</summary>
/// <remarks>
/// Left out: the times at which things were noticed (observed times, ends of runs, what carries "now"), lengths of runs, and what
/// depends on how often metrics are collected. Kept: ids, parents, links, kinds, names, starts, ends of steps and tools, statuses,
/// all attributes, and the sums.
/// </remarks>
public static class ComparableTelemetry
{
    /// <summary>What a server has received.</summary>
    public static IReadOnlyList<string> Of(OtlpTestServer server) =>
    [
        .. server.Spans.Select(span => Text(span.Item))
            .Concat(server.LogRecords.Select(record =>
                $"log {record.Item.EventName} {record.Item.SeverityNumber} {record.Item.SpanId.ToBase64()} {Text(record.Item.Attributes)}"))
            .Concat(new MetricSums(server.Metrics).ToTexts())
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>What a replay of a recording gives.</summary>
    public static async Task<IReadOnlyList<string>> ReplayAsync(byte[] recording)
    {
        await using OtlpTestServer server = await OtlpTestServer.StartAsync();
        using var directory = new TemporaryDirectory();
        string file = Path.Combine(directory.Path, "recording");
        await File.WriteAllBytesAsync(file, recording);
        CliResult result = await CliProcess.RunAsync(["replay", file, "--endpoint", server.GrpcEndpoint.ToString()]);
        return result.ExitCode == 0 ? Of(server) : throw new InvalidOperationException(result.Error);
    }

    private static string Text(Span span)
    {
        string end = span.Name == "opencode.session" ? string.Empty : span.EndTimeUnixNano.ToString(CultureInfo.InvariantCulture);
        string links = string.Join(',', span.Links.Select(link => link.SpanId.ToBase64()));
        return $"span {span.Name} {span.Kind} {span.TraceId.ToBase64()} {span.SpanId.ToBase64()} {span.ParentSpanId.ToBase64()} "
            + $"{span.StartTimeUnixNano} {end} {span.Status} [{links}] {Text(span.Attributes)}";
    }

    private static string Text(IEnumerable<KeyValue> attributes) =>
        string.Join(' ', attributes.Select(attribute => attribute.ToString()).Order(StringComparer.Ordinal));
}
