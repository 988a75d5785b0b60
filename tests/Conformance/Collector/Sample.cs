using Google.Protobuf;
using OpenTelemetry.Proto.Collector.Logs.V1;
using OpenTelemetry.Proto.Collector.Metrics.V1;
using OpenTelemetry.Proto.Collector.Trace.V1;
using OpenTelemetry.Proto.Common.V1;
using OpenTelemetry.Proto.Logs.V1;
using OpenTelemetry.Proto.Metrics.V1;
using OpenTelemetry.Proto.Resource.V1;
using OpenTelemetry.Proto.Trace.V1;

namespace OpencodeOtel.Conformance.Collector;

/// <summary>Small valid requests, and the JSON of one of them.</summary>
internal static class Sample
{
    /// <summary>What <see cref="Traces"/> with the name "work" is in OTLP/JSON.</summary>
    public const string TracesJson = """
        {"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"demo"}}]},
        "scopeSpans":[{"scope":{"name":"scope","version":"1.2"},"spans":[{
        "traceId":"5b8efff798038103d269b633813fc60c","spanId":"eee19b7ec3c1b174","parentSpanId":"eee19b7ec3c1b173",
        "name":"work","kind":2,"startTimeUnixNano":"1544712660000000001","endTimeUnixNano":"1544712661000000001"}],
        "schemaUrl":"https://example.test/scope"}],"schemaUrl":"https://example.test/resource"}]}
        """;

    public static ExportTraceServiceRequest Traces(string spanName = "work") => new()
    {
        ResourceSpans =
        {
            new ResourceSpans
            {
                Resource = new Resource { Attributes = { Text("service.name", "demo") } },
                SchemaUrl = "https://example.test/resource",
                ScopeSpans =
                {
                    new ScopeSpans
                    {
                        Scope = new InstrumentationScope { Name = "scope", Version = "1.2" },
                        SchemaUrl = "https://example.test/scope",
                        Spans = { Span(spanName) },
                    },
                },
            },
        },
    };

    public static ExportLogsServiceRequest Logs(string eventName = "noted")
    {
        var record = new LogRecord { EventName = eventName, ObservedTimeUnixNano = 2, SeverityNumber = SeverityNumber.Info };
        return new() { ResourceLogs = { new ResourceLogs { ScopeLogs = { new ScopeLogs { LogRecords = { record } } } } } };
    }

    public static ExportMetricsServiceRequest Metrics(string name = "count")
    {
        var sum = new Sum
        {
            AggregationTemporality = AggregationTemporality.Delta,
            IsMonotonic = true,
            DataPoints = { new NumberDataPoint { AsInt = 0 }, new NumberDataPoint { AsInt = 3 } },
        };
        var scope = new ScopeMetrics { Metrics = { new Metric { Name = name, Sum = sum } } };
        return new() { ResourceMetrics = { new ResourceMetrics { ScopeMetrics = { scope } } } };
    }

    public static Span Span(string name) => new()
    {
        TraceId = Hex("5b8efff798038103d269b633813fc60c"),
        SpanId = Hex("eee19b7ec3c1b174"),
        ParentSpanId = Hex("eee19b7ec3c1b173"),
        Name = name,
        Kind = OpenTelemetry.Proto.Trace.V1.Span.Types.SpanKind.Server,
        StartTimeUnixNano = 1544712660000000001,
        EndTimeUnixNano = 1544712661000000001,
    };

    public static KeyValue Text(string key, string value) =>
        new() { Key = key, Value = new AnyValue { StringValue = value } };

    public static ByteString Hex(string digits) => ByteString.CopyFrom(Convert.FromHexString(digits));
}
