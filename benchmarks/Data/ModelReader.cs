using Google.Protobuf;
using Google.Protobuf.Collections;
using OpencodeOtel.Otlp.Model;
using Proto = OpenTelemetry.Proto;

namespace OpencodeOtel.Benchmarks.Data;

/// <summary>Makes records of our model from messages of the generated classes, so that both hold the same data.</summary>
internal sealed class ModelReader(TextForm form)
{
    private readonly Dictionary<string, OtlpString> _constants = [];

    /// <summary>Converts a resource.</summary>
    public Resource Resource(Proto.Resource.V1.Resource resource) => new() { Attributes = Attributes(resource.Attributes) };

    /// <summary>Converts a scope.</summary>
    public InstrumentationScope Scope(Proto.Common.V1.InstrumentationScope scope) => new()
    {
        Name = Constant(scope.Name),
        Version = Constant(scope.Version),
        Attributes = Attributes(scope.Attributes),
    };

    /// <summary>Converts a span without events and links.</summary>
    public Span Span(Proto.Trace.V1.Span span) => new()
    {
        TraceId = new TraceId(span.TraceId.Span),
        SpanId = new SpanId(span.SpanId.Span),
        ParentSpanId = Parent(span.ParentSpanId),
        Flags = (SpanFlags)span.Flags,
        Name = Constant(span.Name),
        Kind = (SpanKind)span.Kind,
        StartTimeUnixNano = span.StartTimeUnixNano,
        EndTimeUnixNano = span.EndTimeUnixNano,
        Attributes = Attributes(span.Attributes),
    };

    /// <summary>Converts a log record.</summary>
    public LogRecord LogRecord(Proto.Logs.V1.LogRecord record) => new()
    {
        TimeUnixNano = record.TimeUnixNano,
        ObservedTimeUnixNano = record.ObservedTimeUnixNano,
        SeverityNumber = (SeverityNumber)record.SeverityNumber,
        SeverityText = Constant(record.SeverityText),
        Body = Value(record.Body),
        Attributes = Attributes(record.Attributes),
        Flags = (byte)record.Flags,
        TraceId = new TraceId(record.TraceId.Span),
        SpanId = new SpanId(record.SpanId.Span),
        EventName = Constant(record.EventName),
    };

    /// <summary>Converts a metric, less its points.</summary>
    public Metric Metric(Proto.Metrics.V1.Metric metric, MetricKind kind) => new()
    {
        Name = Constant(metric.Name),
        Description = Constant(metric.Description),
        Unit = Constant(metric.Unit),
        Kind = kind,
        Temporality = AggregationTemporality.Cumulative,
        IsMonotonic = metric.Sum?.IsMonotonic ?? false,
    };

    /// <summary>Converts a point of an integer sum.</summary>
    public NumberDataPoint Point(Proto.Metrics.V1.NumberDataPoint point) => new()
    {
        Attributes = Set(point.Attributes),
        StartTimeUnixNano = point.StartTimeUnixNano,
        TimeUnixNano = point.TimeUnixNano,
        Value = point.AsInt,
    };

    /// <summary>Converts a point of an explicit histogram.</summary>
    public HistogramDataPoint Point(Proto.Metrics.V1.HistogramDataPoint point) => new()
    {
        Attributes = Set(point.Attributes),
        StartTimeUnixNano = point.StartTimeUnixNano,
        TimeUnixNano = point.TimeUnixNano,
        Count = point.Count,
        Sum = point.HasSum ? point.Sum : null,
        BucketCounts = point.BucketCounts.ToArray(),
        ExplicitBounds = point.ExplicitBounds.ToArray(),
        Min = point.HasMin ? point.Min : null,
        Max = point.HasMax ? point.Max : null,
    };

    private static SpanId Parent(ByteString id) => id.IsEmpty ? default : new SpanId(id.Span);

    private AttributeSet Set(RepeatedField<Proto.Common.V1.KeyValue> attributes) => new(Attributes(attributes));

    private KeyValue[] Attributes(RepeatedField<Proto.Common.V1.KeyValue> attributes) =>
        [.. attributes.Select(attribute => new KeyValue(Constant(attribute.Key), Value(attribute.Value)))];

    private AnyValue Value(Proto.Common.V1.AnyValue? value) => value?.ValueCase switch
    {
        null => default,
        Proto.Common.V1.AnyValue.ValueOneofCase.StringValue => form == TextForm.Utf8
            ? OtlpString.Transcode(value.StringValue)
            : value.StringValue,
        Proto.Common.V1.AnyValue.ValueOneofCase.IntValue => value.IntValue,
        Proto.Common.V1.AnyValue.ValueOneofCase.DoubleValue => value.DoubleValue,
        Proto.Common.V1.AnyValue.ValueOneofCase.BoolValue => value.BoolValue,
        _ => throw new NotSupportedException($"The benchmarks have no value of {value.ValueCase}."),
    };

    // One object for each distinct text, as a constant in code is.
    private OtlpString Constant(string text)
    {
        if (text.Length == 0)
        {
            return default;
        }

        if (!_constants.TryGetValue(text, out OtlpString constant))
        {
            constant = form == TextForm.Strings ? text : OtlpString.Transcode(text);
            _constants.Add(text, constant);
        }

        return constant;
    }
}
