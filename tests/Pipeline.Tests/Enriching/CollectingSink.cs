using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Aggregating;
using OpencodeOtel.Pipeline.Enriching;

namespace OpencodeOtel.Pipeline.Tests.Enriching;

/// <summary>Keeps a copy of every signal.</summary>
internal sealed class CollectingSink : ISignalSink
{
    private const ulong NanosPerMilli = 1_000_000;

    public List<MadeSpan> Spans { get; } = [];

    public List<MadeLog> Logs { get; } = [];

    public List<MadeMeasurement> Measurements { get; } = [];

    public List<string> EndedSessions { get; } = [];

    public void SessionEnded(OtlpString sessionId) => EndedSessions.Add(sessionId.ToString());

    public void Emit(in Span span) => Spans.Add(new MadeSpan(
        span.Name.ToString(),
        span.Kind,
        span.TraceId.ToString(),
        span.SpanId.ToString(),
        span.ParentSpanId.ToString(),
        span.Flags,
        span.TraceState.ToString(),
        (long)(span.StartTimeUnixNano / NanosPerMilli),
        (long)(span.EndTimeUnixNano / NanosPerMilli),
        span.StatusCode,
        span.StatusMessage.ToString(),
        Copy(span.Attributes.Span),
        span.DroppedAttributesCount,
        [.. span.Links.ToArray().Select(link => new MadeLink(link.TraceId.ToString(), link.SpanId.ToString(), link.Flags, link.TraceState.ToString()))]));

    public void Emit(in LogRecord record) => Logs.Add(new MadeLog(
        record.Body.Text.ToString(),
        record.EventName.ToString(),
        record.SeverityNumber,
        record.SeverityText.ToString(),
        (long)(record.TimeUnixNano / NanosPerMilli),
        (long)(record.ObservedTimeUnixNano / NanosPerMilli),
        record.TraceId.ToString(),
        record.SpanId.ToString(),
        record.Flags,
        Copy(record.Attributes.Span)));

    public void Record(in Measurement measurement) => Measurements.Add(new MadeMeasurement(
        measurement.Instrument,
        measurement.Value.Kind == NumberKind.Int ? (object)measurement.Value.Int : measurement.Value.Double,
        Copy(measurement.Attributes),
        measurement.Time,
        measurement.TraceId.ToString(),
        measurement.SpanId.ToString()));

    // Fails on a key that is there twice, which no signal may have.
    private static Dictionary<string, object> Copy(ReadOnlySpan<KeyValue> attributes)
    {
        var copy = new Dictionary<string, object>();
        foreach (KeyValue attribute in attributes)
        {
            AnyValue value = attribute.Value;
            copy.Add(attribute.Key.ToString(), value.Kind switch
            {
                AnyValueKind.String => value.Text.ToString(),
                AnyValueKind.Bool => value.Bool,
                AnyValueKind.Int => value.Int,
                AnyValueKind.Double => value.Double,
                _ => throw new InvalidOperationException($"{attribute.Key} has a value of kind {value.Kind}"),
            });
        }

        return copy;
    }
}
