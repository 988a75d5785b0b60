using System.Globalization;
using Google.Protobuf;
using Google.Protobuf.Collections;
using OpenTelemetry.Proto.Common.V1;
using OpenTelemetry.Proto.Logs.V1;
using OpenTelemetry.Proto.Metrics.V1;
using OpenTelemetry.Proto.Trace.V1;

namespace OpencodeOtel.Pipeline.Tests.Replaying;

/// <summary>Decoded telemetry as text that a person can hold against the recording: one line a record, in an order that does not hang on batching.</summary>
/// <remarks>Times are Unix milliseconds, as in the events. What depends on the machine or the version of the product is a star.</remarks>
internal static class TelemetryText
{
    private const ulong NanosPerMilli = 1_000_000;

    private static readonly HashSet<string> OfTheMachine = ["app.version", "os.type", "host.arch", "telemetry.distro.version"];

    /// <summary>Everything: resource, scope, spans, log records, points.</summary>
    public static string Of(Replayed replayed)
    {
        IEnumerable<string> resources = replayed.Resources.Select(resource =>
            "resource " + Attributes(resource.Attributes.Select(pair => OfTheMachine.Contains(pair.Key) ? new KeyValue { Key = pair.Key, Value = new AnyValue { StringValue = "*" } } : pair))).Distinct();
        IEnumerable<string> scopes = replayed.Scopes.Select(scope => $"scope {scope.Name} version={(scope.Version.Length > 0 ? "*" : "")} {Attributes(scope.Attributes)}".TrimEnd()).Distinct();
        return string.Join('\n', [.. resources, .. scopes, "", .. Spans(replayed), "", .. Logs(replayed), "", .. Points(replayed), ""]);
    }

    /// <summary>A line for each span, by start.</summary>
    public static IEnumerable<string> Spans(Replayed replayed) => Sorted(replayed.Spans.Select(Line));

    /// <summary>A line for each log record, by time.</summary>
    public static IEnumerable<string> Logs(Replayed replayed) => Sorted(replayed.Logs.Select(Line));

    /// <summary>A line for each metric, and below it one for each of its points.</summary>
    public static IEnumerable<string> Points(Replayed replayed) =>
        from metric in replayed.Metrics
        group metric by Describe(metric) into same
        orderby same.Key
        from line in Sorted(same.SelectMany(PointLines)).Prepend(same.Key)
        select line;

    /// <summary>Attributes by key.</summary>
    public static string Attributes(IEnumerable<KeyValue> attributes) =>
        string.Join(' ', attributes.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={Value(pair.Value)}"));

    /// <summary>What a metric is: name, kind, temporality, unit, description.</summary>
    public static string Describe(Metric metric)
    {
        string kind = metric.DataCase switch
        {
            Metric.DataOneofCase.Sum => $"sum {metric.Sum.AggregationTemporality}{(metric.Sum.IsMonotonic ? " monotonic" : "")}",
            Metric.DataOneofCase.Histogram => $"histogram {metric.Histogram.AggregationTemporality}",
            _ => metric.DataCase.ToString(),
        };
        return $"metric {metric.Name} {kind} unit={metric.Unit} description={Quote(metric.Description)}";
    }

    private static List<string> Sorted(IEnumerable<string> lines) => [.. lines.Order(StringComparer.Ordinal)];

    private static string Line(Span span) => Join(
        $"span {Millis(span.StartTimeUnixNano)}+{(span.EndTimeUnixNano - span.StartTimeUnixNano) / NanosPerMilli}ms {span.Name} {span.Kind}",
        $"trace={Hex(span.TraceId)} id={Hex(span.SpanId)} parent={Hex(span.ParentSpanId)} flags={span.Flags:x}",
        span.TraceState.Length > 0 ? $"state={span.TraceState}" : "",
        span.Status is { } status && status.Code != Status.Types.StatusCode.Unset ? $"{status.Code} {Quote(status.Message)}" : "",
        Attributes(span.Attributes),
        string.Join(' ', span.Links.Select(link => $"link={Hex(link.TraceId)}/{Hex(link.SpanId)}/{link.Flags:x}")),
        string.Join(' ', span.Events.Select(at => $"event={at.Name}@{Millis(at.TimeUnixNano)}")),
        span.DroppedAttributesCount > 0 ? $"dropped={span.DroppedAttributesCount}" : "");

    private static string Line(LogRecord log) => Join(
        $"log {Millis(log.TimeUnixNano)} seen={Millis(log.ObservedTimeUnixNano)} {Value(log.Body)} {(int)log.SeverityNumber} {log.SeverityText}",
        log.EventName == log.Body.StringValue ? "" : $"event_name={log.EventName}",
        $"trace={Hex(log.TraceId)} span={Hex(log.SpanId)} flags={log.Flags:x}",
        Attributes(log.Attributes.Where(pair => pair.Key != "event.name" || pair.Value.StringValue != log.Body.StringValue)));

    private static IEnumerable<string> PointLines(Metric metric) => metric.DataCase switch
    {
        Metric.DataOneofCase.Sum => metric.Sum.DataPoints.Select(Line),
        Metric.DataOneofCase.Gauge => metric.Gauge.DataPoints.Select(Line),
        Metric.DataOneofCase.Histogram => metric.Histogram.DataPoints.Select(Line),
        _ => [metric.ToString()],
    };

    private static string Line(NumberDataPoint point) => Join(
        $"  {Attributes(point.Attributes)}",
        $"[{Millis(point.StartTimeUnixNano)}..{Millis(point.TimeUnixNano)}]",
        point.ValueCase == NumberDataPoint.ValueOneofCase.AsInt ? $"int {point.AsInt}" : $"double {Number(point.AsDouble)}",
        Exemplars(point.Exemplars));

    private static string Line(HistogramDataPoint point) => Join(
        $"  {Attributes(point.Attributes)}",
        $"[{Millis(point.StartTimeUnixNano)}..{Millis(point.TimeUnixNano)}]",
        $"count={point.Count} sum={Number(point.Sum)} min={Number(point.Min)} max={Number(point.Max)}",
        string.Join(' ', point.BucketCounts.Select((count, at) => (Count: count, At: at)).Where(bucket => bucket.Count > 0).Select(bucket =>
            $"<={(bucket.At < point.ExplicitBounds.Count ? Number(point.ExplicitBounds[bucket.At]) : "inf")}:{bucket.Count}")),
        Exemplars(point.Exemplars));

    private static string Exemplars(RepeatedField<Exemplar> exemplars) => string.Join(' ', exemplars.Select(one =>
        $"exemplar={(one.ValueCase == Exemplar.ValueOneofCase.AsInt ? Number(one.AsInt) : Number(one.AsDouble))}@{Millis(one.TimeUnixNano)}/{Hex(one.TraceId)}/{Hex(one.SpanId)}{{{Attributes(one.FilteredAttributes)}}}"));

    private static string Value(AnyValue value) => value.ValueCase switch
    {
        AnyValue.ValueOneofCase.StringValue => Quote(value.StringValue),
        AnyValue.ValueOneofCase.BoolValue => value.BoolValue ? "true" : "false",
        AnyValue.ValueOneofCase.IntValue => value.IntValue.ToString(CultureInfo.InvariantCulture),
        AnyValue.ValueOneofCase.DoubleValue => Number(value.DoubleValue) + "d",
        _ => value.ToString(),
    };

    // Quoted only where it must be, so that the usual line reads well.
    private static string Quote(string text) => text.Length > 0 && !text.Any(one => char.IsControl(one) || one is ' ' or '"')
        ? text
        : $"\"{text.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)}\"";

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Millis(ulong nanos) => nanos % NanosPerMilli == 0
        ? (nanos / NanosPerMilli).ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{nanos / NanosPerMilli}.{nanos % NanosPerMilli:D6}");

    private static string Hex(ByteString id) => id.IsEmpty ? "-" : Convert.ToHexStringLower(id.Span);

    private static string Join(params string[] parts) => string.Join(' ', parts.Where(part => part.Length > 0));
}
