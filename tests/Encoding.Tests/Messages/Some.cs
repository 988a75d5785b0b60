using OpencodeOtel.Otlp.Model;

namespace OpencodeOtel.Otlp.Tests.Messages;

/// <summary>Records with every field set, small enough to be written out by hand.</summary>
internal static class Some
{
    public static readonly TraceId TraceId = new([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]);

    public static readonly SpanId SpanId = new([16, 17, 18, 19, 20, 21, 22, 23]);

    public static readonly SpanId ParentId = new([24, 25, 26, 27, 28, 29, 30, 31]);

    public static KeyValue[] Attribute => [new("k", "v")];

    public static Span Span => new()
    {
        TraceId = TraceId,
        SpanId = SpanId,
        TraceState = "a=b",
        ParentSpanId = ParentId,
        Flags = SpanFlags.Sampled | SpanFlags.ContextHasIsRemote,
        Name = "op",
        Kind = SpanKind.Client,
        StartTimeUnixNano = 1,
        EndTimeUnixNano = 2,
        Attributes = Attribute,
        DroppedAttributesCount = 3,
        Events = new[] { new SpanEvent { TimeUnixNano = 4, Name = "e", Attributes = Attribute, DroppedAttributesCount = 5 } },
        DroppedEventsCount = 6,
        Links = new[]
        {
            new SpanLink
            {
                TraceId = TraceId,
                SpanId = SpanId,
                TraceState = "c=d",
                Attributes = Attribute,
                DroppedAttributesCount = 7,
                Flags = SpanFlags.Sampled,
            },
        },
        DroppedLinksCount = 300,
        StatusCode = StatusCode.Error,
        StatusMessage = "bad",
    };

    public static LogRecord Log => new()
    {
        TimeUnixNano = 1,
        ObservedTimeUnixNano = 2,
        SeverityNumber = SeverityNumber.Info,
        SeverityText = "INFO",
        Body = "hi",
        Attributes = Attribute,
        DroppedAttributesCount = 3,
        Flags = 1,
        TraceId = TraceId,
        SpanId = SpanId,
        EventName = "ev",
    };

    public static NumberDataPoint Number => new()
    {
        Attributes = new AttributeSet(Attribute),
        StartTimeUnixNano = 1,
        TimeUnixNano = 2,
        Value = 3L,
        Exemplars = new[] { Exemplar },
        Flags = 1,
    };

    public static Exemplar Exemplar => new()
    {
        FilteredAttributes = Attribute,
        TimeUnixNano = 4,
        Value = 1.0,
        SpanId = SpanId,
        TraceId = TraceId,
    };

    public static HistogramDataPoint Histogram => new()
    {
        Attributes = new AttributeSet(Attribute),
        StartTimeUnixNano = 1,
        TimeUnixNano = 2,
        Count = 3,
        Sum = 1.0,
        BucketCounts = new ulong[] { 1, 2 },
        ExplicitBounds = new[] { 1.0 },
        Flags = 1,
        Min = 0.0,
        Max = -1.0,
    };

    public static ExponentialHistogramDataPoint Exponential => new()
    {
        Attributes = new AttributeSet(Attribute),
        StartTimeUnixNano = 1,
        TimeUnixNano = 2,
        Count = 303,
        Sum = 1.0,
        Scale = -2,
        ZeroCount = 1,
        Positive = new ExponentialBuckets { Offset = 3, BucketCounts = new ulong[] { 1, 300 } },
        Negative = new ExponentialBuckets { Offset = -1, BucketCounts = new ulong[] { 1 } },
        Flags = 1,
        Min = -1.0,
        Max = 1.0,
        ZeroThreshold = 0.5,
    };

    public static SummaryDataPoint Summary => new()
    {
        Attributes = new AttributeSet(Attribute),
        StartTimeUnixNano = 1,
        TimeUnixNano = 2,
        Count = 3,
        Sum = 1.0,
        QuantileValues = new[] { (0.0, 0.5), (1.0, 1.0) },
        Flags = 1,
    };

    public static Resource Resource => new()
    {
        Attributes = Attribute,
        DroppedAttributesCount = 1,
        EntityRefs = new[]
        {
            new EntityRef
            {
                SchemaUrl = "s",
                Type = "t",
                IdKeys = new OtlpString[] { "k", "l" },
                DescriptionKeys = new OtlpString[] { "m" },
            },
        },
        SchemaUrl = "rs",
    };

    public static InstrumentationScope Scope => new()
    {
        Name = "n",
        Version = "1",
        Attributes = Attribute,
        DroppedAttributesCount = 2,
        SchemaUrl = "ss",
    };
}
