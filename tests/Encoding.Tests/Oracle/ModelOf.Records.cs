using OpencodeOtel.Otlp.Model;
using WireLogs = OpenTelemetry.Proto.Logs.V1;
using WireTrace = OpenTelemetry.Proto.Trace.V1;

namespace OpencodeOtel.Otlp.Tests.Oracle;

/// <summary>Spans and log records.</summary>
internal static partial class ModelOf
{
    public static Span Span(WireTrace.Span span) => new()
    {
        TraceId = Trace(span.TraceId),
        SpanId = SpanIdOf(span.SpanId),
        TraceState = Text(span.TraceState),
        ParentSpanId = SpanIdOf(span.ParentSpanId),
        Flags = (SpanFlags)span.Flags,
        Name = Text(span.Name),
        Kind = (SpanKind)span.Kind,
        StartTimeUnixNano = span.StartTimeUnixNano,
        EndTimeUnixNano = span.EndTimeUnixNano,
        Attributes = Attributes(span.Attributes),
        DroppedAttributesCount = span.DroppedAttributesCount,
        Events = span.Events.Select(item => new SpanEvent
        {
            TimeUnixNano = item.TimeUnixNano,
            Name = Text(item.Name),
            Attributes = Attributes(item.Attributes),
            DroppedAttributesCount = item.DroppedAttributesCount,
        }).ToArray(),
        DroppedEventsCount = span.DroppedEventsCount,
        Links = span.Links.Select(link => new SpanLink
        {
            TraceId = Trace(link.TraceId),
            SpanId = SpanIdOf(link.SpanId),
            TraceState = Text(link.TraceState),
            Attributes = Attributes(link.Attributes),
            DroppedAttributesCount = link.DroppedAttributesCount,
            Flags = (SpanFlags)link.Flags,
        }).ToArray(),
        DroppedLinksCount = span.DroppedLinksCount,
        StatusCode = (StatusCode)(span.Status?.Code ?? 0),
        StatusMessage = Text(span.Status?.Message ?? ""),
    };

    public static LogRecord Log(WireLogs.LogRecord record) => new()
    {
        TimeUnixNano = record.TimeUnixNano,
        ObservedTimeUnixNano = record.ObservedTimeUnixNano,
        SeverityNumber = (SeverityNumber)record.SeverityNumber,
        SeverityText = Text(record.SeverityText),
        Body = Value(record.Body),
        Attributes = Attributes(record.Attributes),
        DroppedAttributesCount = record.DroppedAttributesCount,
        Flags = (byte)record.Flags,
        TraceId = Trace(record.TraceId),
        SpanId = SpanIdOf(record.SpanId),
        EventName = Text(record.EventName),
    };
}
