using System.Globalization;
using OpencodeOtel.TestCollector;
using OpenTelemetry.Proto.Common.V1;
using OpenTelemetry.Proto.Logs.V1;
using OpenTelemetry.Proto.Trace.V1;

namespace OpencodeOtel.EndToEnd.Support;

/// <summary>Telemetry as sorted texts, so a live session can be compared with its replay.</summary>
/// <remarks>
/// Left out is what depends on when and how often something was exported: observed times, gauges, exemplars. What is noticed rather
/// than told by an event (ends and lengths of runs, the times of records that carry "now") is held apart, to be compared loosely.
/// </remarks>
public sealed class ComparableTelemetry
{
    /// <summary>How far apart what is noticed may be: a busy machine handles an event late.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(3);

    private static readonly HashSet<string> NoticedRecords = ["session.idle", "session.error", "tool_decision", "subtask_invoked"];

    private ComparableTelemetry(IEnumerable<ComparableRecord> records) =>
        Records = [.. records.OrderBy(record => record.Text, StringComparer.Ordinal).ThenBy(record => record.Noticed)];

    /// <summary>Gets the records, sorted.</summary>
    public IReadOnlyList<ComparableRecord> Records { get; }

    /// <summary>What a server has received.</summary>
    public static ComparableTelemetry Of(OtlpTestServer server) => new(
    [
        .. server.Spans.Select(span => Record(span.Item)),
        .. server.LogRecords.Select(record => Record(record.Item)),
        .. new MetricSums(server.Metrics).ToRecords(),
    ]);

    /// <summary>What a replay of a recording gives.</summary>
    public static async Task<ComparableTelemetry> ReplayAsync(byte[] recording)
    {
        await using OtlpTestServer server = await OtlpTestServer.StartAsync();
        using var directory = new TemporaryDirectory();
        string file = Path.Combine(directory.Path, "recording");
        await File.WriteAllBytesAsync(file, recording);
        CliResult result = await CliProcess.RunAsync(["replay", file, "--endpoint", server.GrpcEndpoint.ToString()]);
        return result.ExitCode == 0 ? Of(server) : throw new InvalidOperationException(result.Error);
    }

    /// <summary>The same without some records.</summary>
    public ComparableTelemetry Without(Func<string, bool> text) => new(Records.Where(record => !text(record.Text)));

    /// <summary>How many records begin with a text.</summary>
    public int Count(string start) => Records.Count(record => record.Text.StartsWith(start, StringComparison.Ordinal));

    /// <summary>Asserts that this is what was expected, but for when it was noticed.</summary>
    public void AssertSame(ComparableTelemetry expected)
    {
        List<string> missing = [.. expected.Records.Select(record => record.Text)];
        List<string> extra = [.. Records.Select(record => record.Text).Where(text => !missing.Remove(text))];
        Assert.True(missing.Count + extra.Count == 0, string.Join('\n', [.. missing.Select(text => "missing " + text), .. extra.Select(text => "extra " + text)]));
    }

    /// <summary>Asserts that this is what was expected, noticed at about the same time.</summary>
    public void AssertSameTimes(ComparableTelemetry expected)
    {
        AssertSame(expected);
        foreach ((ComparableRecord one, ComparableRecord other) in expected.Records.Zip(Records))
        {
            double apart = Math.Abs((other.Noticed - one.Noticed) ?? 0);
            Assert.True(apart <= Tolerance.TotalMilliseconds, $"{apart} ms apart: {one.Text}");
        }
    }

    private static ComparableRecord Record(Span span)
    {
        bool isNoticed = span.Name == "opencode.session";
        string end = isNoticed ? string.Empty : span.EndTimeUnixNano.ToString(CultureInfo.InvariantCulture);
        string links = string.Join(',', span.Links.Select(link => link.SpanId.ToBase64()));
        return new ComparableRecord(
            $"span {span.Name} {span.Kind} {span.TraceId.ToBase64()} {span.SpanId.ToBase64()} {span.ParentSpanId.ToBase64()} "
                + $"{span.StartTimeUnixNano} {end} {span.Status} [{links}] {Text(span.Attributes)}",
            isNoticed ? span.EndTimeUnixNano / 1e6 : null);
    }

    private static ComparableRecord Record(LogRecord record)
    {
        bool isNoticed = NoticedRecords.Contains(record.EventName);
        string time = isNoticed ? string.Empty : record.TimeUnixNano.ToString(CultureInfo.InvariantCulture);
        return new ComparableRecord(
            $"log {record.EventName} {time} {record.SeverityNumber} {record.SpanId.ToBase64()} {Text(record.Attributes)}",
            isNoticed ? record.TimeUnixNano / 1e6 : null);
    }

    private static string Text(IEnumerable<KeyValue> attributes) =>
        string.Join(' ', attributes.Select(attribute => attribute.ToString()).Order(StringComparer.Ordinal));
}
