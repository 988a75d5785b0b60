using CsCheck;
using OpenTelemetry.Proto.Collector.Logs.V1;
using OpenTelemetry.Proto.Logs.V1;

namespace OpencodeOtel.Otlp.Tests.Random;

/// <summary>Random log requests as the generated classes hold them.</summary>
internal static class RandomLogs
{
    public static readonly Gen<LogRecord> Record =
        from times in RandomValues.Time.Array[2]
        from severity in Gen.Int[0, 24]
        from texts in RandomValues.Text.Array[2]
        from body in RandomValues.Value
        from attributes in RandomValues.Attributes
        from dropped in RandomValues.Count
        from flags in Gen.Byte
        from trace in RandomValues.TraceId
        from span in RandomValues.SpanId
        select new LogRecord
        {
            TimeUnixNano = times[0],
            ObservedTimeUnixNano = times[1],
            SeverityNumber = (SeverityNumber)severity,
            SeverityText = texts[0],
            EventName = texts[1],
            Body = body.ValueCase == OpenTelemetry.Proto.Common.V1.AnyValue.ValueOneofCase.None ? null : body,
            Attributes = { attributes },
            DroppedAttributesCount = dropped,
            Flags = flags,
            TraceId = trace,
            SpanId = span,
        };

    public static readonly Gen<ExportLogsServiceRequest> Request =
        from resource in RandomValues.Resource
        from scope in RandomValues.Scope
        from records in Record.Array[1, 5]
        from schema in RandomValues.Text.Array[2]
        select new ExportLogsServiceRequest
        {
            ResourceLogs =
            {
                new ResourceLogs
                {
                    Resource = resource,
                    SchemaUrl = schema[0],
                    ScopeLogs = { new ScopeLogs { Scope = scope, SchemaUrl = schema[1], LogRecords = { records } } },
                },
            },
        };
}
