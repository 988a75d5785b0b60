using OpencodeOtel.Otlp;
using OpencodeOtel.Otlp.Model;

namespace OpencodeOtel.Conformance.Fields;

/// <summary>Requests in which everything that the model can say is said.</summary>
internal static class Everything
{
    private static readonly TraceId Trace = new([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]);

    private static readonly SpanId Id = new([1, 2, 3, 4, 5, 6, 7, 8]);

    private static readonly KeyValue[] Attributes =
    [
        new("text", "value"),
        new("bool", true),
        new("int", 1L),
        new("double", 0.5),
        new("array", AnyValue.FromArray("item")),
        new("list", AnyValue.FromList(new KeyValue("key", "value"))),
        new("bytes", AnyValue.FromBytes([1])),
        new("empty", default),
    ];

    private static readonly AttributeSet Set = new(Attributes);

    private static readonly ulong[] Counts = [1, 0];

    private static readonly double[] Bounds = [1.0];

    public static byte[] Traces(WireForm form) => Request(Signal.Traces, form, builder => Assert.True(builder.TryAppend(
        new Span
        {
            TraceId = Trace,
            SpanId = Id,
            TraceState = "a=b",
            ParentSpanId = Id,
            Flags = SpanFlags.Sampled,
            Name = "name",
            Kind = SpanKind.Server,
            StartTimeUnixNano = 1,
            EndTimeUnixNano = 2,
            Attributes = Attributes,
            DroppedAttributesCount = 1,
            Events = new[] { new SpanEvent { TimeUnixNano = 1, Name = "e", Attributes = Attributes, DroppedAttributesCount = 1 } },
            DroppedEventsCount = 1,
            Links = new[]
            {
                new SpanLink
                {
                    TraceId = Trace,
                    SpanId = Id,
                    TraceState = "a=b",
                    Attributes = Attributes,
                    DroppedAttributesCount = 1,
                    Flags = SpanFlags.Sampled,
                },
            },
            DroppedLinksCount = 1,
            StatusCode = StatusCode.Error,
            StatusMessage = "message",
        },
        int.MaxValue)));

    public static byte[] Logs(WireForm form) => Request(Signal.Logs, form, builder => Assert.True(builder.TryAppend(
        new LogRecord
        {
            TimeUnixNano = 1,
            ObservedTimeUnixNano = 2,
            SeverityNumber = SeverityNumber.Warn,
            SeverityText = "WARN",
            Body = "body",
            Attributes = Attributes,
            DroppedAttributesCount = 1,
            Flags = 1,
            TraceId = Trace,
            SpanId = Id,
            EventName = "event",
        },
        int.MaxValue)));

    public static byte[] Metrics(WireForm form) => Request(Signal.Metrics, form, builder =>
    {
        Exemplar[] exemplars = [Exemplar(1L), Exemplar(0.5)];
        NumberDataPoint Number(NumberValue value) => new()
        {
            Attributes = Set,
            StartTimeUnixNano = 1,
            TimeUnixNano = 2,
            Value = value,
            Exemplars = exemplars,
            Flags = 1,
        };
        var halves = new ExponentialBuckets { Offset = 1, BucketCounts = Counts };
        Assert.True(builder.TryAppend(Metric(MetricKind.Gauge), Number(1L), int.MaxValue));
        Assert.True(builder.TryAppend(Metric(MetricKind.Sum), Number(0.5), int.MaxValue));
        Assert.True(builder.TryAppend(
            Metric(MetricKind.Histogram),
            new HistogramDataPoint
            {
                Attributes = Set,
                StartTimeUnixNano = 1,
                TimeUnixNano = 2,
                Count = 1,
                Sum = 1,
                BucketCounts = Counts,
                ExplicitBounds = Bounds,
                Exemplars = exemplars,
                Flags = 1,
                Min = 1,
                Max = 1,
            },
            int.MaxValue));
        Assert.True(builder.TryAppend(
            Metric(MetricKind.ExponentialHistogram),
            new ExponentialHistogramDataPoint
            {
                Attributes = Set,
                StartTimeUnixNano = 1,
                TimeUnixNano = 2,
                Count = 3,
                Sum = 1,
                Scale = 1,
                ZeroCount = 1,
                Positive = halves,
                Negative = halves,
                Flags = 1,
                Exemplars = exemplars,
                Min = 1,
                Max = 1,
                ZeroThreshold = 1,
            },
            int.MaxValue));
        Assert.True(builder.TryAppend(
            Metric(MetricKind.Summary),
            new SummaryDataPoint
            {
                Attributes = Set,
                StartTimeUnixNano = 1,
                TimeUnixNano = 2,
                Count = 1,
                Sum = 1,
                QuantileValues = new[] { (0.5, 1.0) },
                Flags = 1,
            },
            int.MaxValue));
    });

    private static Metric Metric(MetricKind kind) => new()
    {
        Name = "name",
        Description = "description",
        Unit = "1",
        Metadata = Attributes,
        Kind = kind,
        Temporality = AggregationTemporality.Cumulative,
        IsMonotonic = true,
    };

    private static Exemplar Exemplar(NumberValue value) => new()
    {
        FilteredAttributes = Attributes,
        TimeUnixNano = 1,
        Value = value,
        SpanId = Id,
        TraceId = Trace,
    };

    private static byte[] Request(Signal signal, WireForm form, Action<ExportRequestBuilder> append)
    {
        var resource = new Resource
        {
            Attributes = Attributes,
            DroppedAttributesCount = 1,
            EntityRefs = new[]
            {
                new EntityRef
                {
                    SchemaUrl = "schema",
                    Type = "type",
                    IdKeys = new OtlpString[] { "text" },
                    DescriptionKeys = new OtlpString[] { "int" },
                },
            },
            SchemaUrl = "schema",
        };
        var scope = new InstrumentationScope
        {
            Name = "name",
            Version = "1",
            Attributes = Attributes,
            DroppedAttributesCount = 1,
            SchemaUrl = "schema",
        };
        using var builder = new ExportRequestBuilder(new ExportEnvelope(signal, form, resource, scope), 1024);
        append(builder);
        ExportRequest request = builder.Complete();
        byte[] body = request.Body.ToArray();
        request.Release();
        return body;
    }
}
