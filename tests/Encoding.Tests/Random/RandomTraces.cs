using CsCheck;
using OpenTelemetry.Proto.Collector.Trace.V1;
using OpenTelemetry.Proto.Trace.V1;

namespace OpencodeOtel.Otlp.Tests.Random;

/// <summary>Random trace requests as the generated classes hold them.</summary>
internal static class RandomTraces
{
    public static readonly Gen<Span> Span =
        from head in Head
        from attributes in RandomValues.Attributes
        from events in Event.Array[0, 3]
        from links in Link.Array[0, 3]
        from dropped in RandomValues.Count.Array[3]
        from status in Status
        select new Span(head)
        {
            Attributes = { attributes },
            DroppedAttributesCount = dropped[0],
            Events = { events },
            DroppedEventsCount = dropped[1],
            Links = { links },
            DroppedLinksCount = dropped[2],
            Status = status,
        };

    public static readonly Gen<ExportTraceServiceRequest> Request =
        from resource in RandomValues.Resource
        from scope in RandomValues.Scope
        from spans in Span.Array[1, 4]
        from schema in RandomValues.Text.Array[2]
        select new ExportTraceServiceRequest
        {
            ResourceSpans =
            {
                new ResourceSpans
                {
                    Resource = resource,
                    SchemaUrl = schema[0],
                    ScopeSpans = { new ScopeSpans { Scope = scope, SchemaUrl = schema[1], Spans = { spans } } },
                },
            },
        };

    private static Gen<Span> Head =>
        from trace in RandomValues.TraceId
        from ids in RandomValues.SpanId.Array[2]
        from texts in RandomValues.Text.Array[2]
        from flags in RandomValues.Count
        from kind in Gen.Int[0, 5]
        from times in RandomValues.Time.Array[2]
        select new Span
        {
            TraceId = trace,
            SpanId = ids[0],
            ParentSpanId = ids[1],
            TraceState = texts[0],
            Name = texts[1],
            Flags = flags,
            Kind = (Span.Types.SpanKind)kind,
            StartTimeUnixNano = times[0],
            EndTimeUnixNano = times[1],
        };

    private static Gen<Span.Types.Event> Event =>
        from time in RandomValues.Time
        from name in RandomValues.Text
        from attributes in RandomValues.Attributes
        from dropped in RandomValues.Count
        select new Span.Types.Event { TimeUnixNano = time, Name = name, Attributes = { attributes }, DroppedAttributesCount = dropped };

    private static Gen<Span.Types.Link> Link =>
        from trace in RandomValues.TraceId
        from span in RandomValues.SpanId
        from state in RandomValues.Text
        from attributes in RandomValues.Attributes
        from counts in RandomValues.Count.Array[2]
        select new Span.Types.Link
        {
            TraceId = trace,
            SpanId = span,
            TraceState = state,
            Attributes = { attributes },
            DroppedAttributesCount = counts[0],
            Flags = counts[1],
        };

    /// <summary>A status as OTLP wants it: none when unset, a message only with an error.</summary>
    private static Gen<Status?> Status =>
        from code in Gen.Int[0, 2]
        from message in RandomValues.Text
        select code == 0 ? null : new Status
        {
            Code = (Status.Types.StatusCode)code,
            Message = code == 2 ? message : "",
        };
}
