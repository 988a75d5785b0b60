using System.Runtime.CompilerServices;

namespace OpencodeOtel.Otlp.Schema;

/// <summary>The fields of <c>opentelemetry/proto/metrics/v1/metrics.proto</c>, by message; held against the schema by a test.</summary>
internal static class MetricsFields
{
    public static class ResourceMetrics
    {
        public static Field Resource { [MethodImpl(Field.Folded)] get => new(1, WireType.LengthDelimited, "resource"u8); }

        public static Field ScopeMetrics { [MethodImpl(Field.Folded)] get => new(2, WireType.LengthDelimited, "scopeMetrics"u8); }

        public static Field SchemaUrl { [MethodImpl(Field.Folded)] get => new(3, WireType.LengthDelimited, "schemaUrl"u8); }
    }

    public static class ScopeMetrics
    {
        public static Field Scope { [MethodImpl(Field.Folded)] get => new(1, WireType.LengthDelimited, "scope"u8); }

        public static Field Metrics { [MethodImpl(Field.Folded)] get => new(2, WireType.LengthDelimited, "metrics"u8); }

        public static Field SchemaUrl { [MethodImpl(Field.Folded)] get => new(3, WireType.LengthDelimited, "schemaUrl"u8); }
    }

    public static class Metric
    {
        public static Field Name { [MethodImpl(Field.Folded)] get => new(1, WireType.LengthDelimited, "name"u8); }

        public static Field Description { [MethodImpl(Field.Folded)] get => new(2, WireType.LengthDelimited, "description"u8); }

        public static Field Unit { [MethodImpl(Field.Folded)] get => new(3, WireType.LengthDelimited, "unit"u8); }

        public static Field Gauge { [MethodImpl(Field.Folded)] get => new(5, WireType.LengthDelimited, "gauge"u8); }

        public static Field Sum { [MethodImpl(Field.Folded)] get => new(7, WireType.LengthDelimited, "sum"u8); }

        public static Field Histogram { [MethodImpl(Field.Folded)] get => new(9, WireType.LengthDelimited, "histogram"u8); }

        public static Field ExponentialHistogram { [MethodImpl(Field.Folded)] get => new(10, WireType.LengthDelimited, "exponentialHistogram"u8); }

        public static Field Summary { [MethodImpl(Field.Folded)] get => new(11, WireType.LengthDelimited, "summary"u8); }

        public static Field Metadata { [MethodImpl(Field.Folded)] get => new(12, WireType.LengthDelimited, "metadata"u8); }
    }

    public static class Gauge
    {
        public static Field DataPoints { [MethodImpl(Field.Folded)] get => new(1, WireType.LengthDelimited, "dataPoints"u8); }
    }

    public static class Sum
    {
        public static Field DataPoints { [MethodImpl(Field.Folded)] get => new(1, WireType.LengthDelimited, "dataPoints"u8); }

        public static Field AggregationTemporality { [MethodImpl(Field.Folded)] get => new(2, WireType.Varint, "aggregationTemporality"u8); }

        public static Field IsMonotonic { [MethodImpl(Field.Folded)] get => new(3, WireType.Varint, "isMonotonic"u8); }
    }

    public static class Histogram
    {
        public static Field DataPoints { [MethodImpl(Field.Folded)] get => new(1, WireType.LengthDelimited, "dataPoints"u8); }

        public static Field AggregationTemporality { [MethodImpl(Field.Folded)] get => new(2, WireType.Varint, "aggregationTemporality"u8); }
    }

    public static class ExponentialHistogram
    {
        public static Field DataPoints { [MethodImpl(Field.Folded)] get => new(1, WireType.LengthDelimited, "dataPoints"u8); }

        public static Field AggregationTemporality { [MethodImpl(Field.Folded)] get => new(2, WireType.Varint, "aggregationTemporality"u8); }
    }

    public static class Summary
    {
        public static Field DataPoints { [MethodImpl(Field.Folded)] get => new(1, WireType.LengthDelimited, "dataPoints"u8); }
    }

    public static class NumberDataPoint
    {
        public static Field Attributes { [MethodImpl(Field.Folded)] get => new(7, WireType.LengthDelimited, "attributes"u8); }

        public static Field StartTimeUnixNano { [MethodImpl(Field.Folded)] get => new(2, WireType.Fixed64, "startTimeUnixNano"u8); }

        public static Field TimeUnixNano { [MethodImpl(Field.Folded)] get => new(3, WireType.Fixed64, "timeUnixNano"u8); }

        public static Field AsDouble { [MethodImpl(Field.Folded)] get => new(4, WireType.Fixed64, "asDouble"u8); }

        public static Field AsInt { [MethodImpl(Field.Folded)] get => new(6, WireType.Fixed64, "asInt"u8); }

        public static Field Exemplars { [MethodImpl(Field.Folded)] get => new(5, WireType.LengthDelimited, "exemplars"u8); }

        public static Field Flags { [MethodImpl(Field.Folded)] get => new(8, WireType.Varint, "flags"u8); }
    }

    public static class HistogramDataPoint
    {
        public static Field Attributes { [MethodImpl(Field.Folded)] get => new(9, WireType.LengthDelimited, "attributes"u8); }

        public static Field StartTimeUnixNano { [MethodImpl(Field.Folded)] get => new(2, WireType.Fixed64, "startTimeUnixNano"u8); }

        public static Field TimeUnixNano { [MethodImpl(Field.Folded)] get => new(3, WireType.Fixed64, "timeUnixNano"u8); }

        public static Field Count { [MethodImpl(Field.Folded)] get => new(4, WireType.Fixed64, "count"u8); }

        public static Field Sum { [MethodImpl(Field.Folded)] get => new(5, WireType.Fixed64, "sum"u8); }

        public static Field BucketCounts { [MethodImpl(Field.Folded)] get => new(6, WireType.LengthDelimited, "bucketCounts"u8); }

        public static Field ExplicitBounds { [MethodImpl(Field.Folded)] get => new(7, WireType.LengthDelimited, "explicitBounds"u8); }

        public static Field Exemplars { [MethodImpl(Field.Folded)] get => new(8, WireType.LengthDelimited, "exemplars"u8); }

        public static Field Flags { [MethodImpl(Field.Folded)] get => new(10, WireType.Varint, "flags"u8); }

        public static Field Min { [MethodImpl(Field.Folded)] get => new(11, WireType.Fixed64, "min"u8); }

        public static Field Max { [MethodImpl(Field.Folded)] get => new(12, WireType.Fixed64, "max"u8); }
    }

    public static class ExponentialHistogramDataPoint
    {
        public static Field Attributes { [MethodImpl(Field.Folded)] get => new(1, WireType.LengthDelimited, "attributes"u8); }

        public static Field StartTimeUnixNano { [MethodImpl(Field.Folded)] get => new(2, WireType.Fixed64, "startTimeUnixNano"u8); }

        public static Field TimeUnixNano { [MethodImpl(Field.Folded)] get => new(3, WireType.Fixed64, "timeUnixNano"u8); }

        public static Field Count { [MethodImpl(Field.Folded)] get => new(4, WireType.Fixed64, "count"u8); }

        public static Field Sum { [MethodImpl(Field.Folded)] get => new(5, WireType.Fixed64, "sum"u8); }

        public static Field Scale { [MethodImpl(Field.Folded)] get => new(6, WireType.Varint, "scale"u8); }

        public static Field ZeroCount { [MethodImpl(Field.Folded)] get => new(7, WireType.Fixed64, "zeroCount"u8); }

        public static Field Positive { [MethodImpl(Field.Folded)] get => new(8, WireType.LengthDelimited, "positive"u8); }

        public static Field Negative { [MethodImpl(Field.Folded)] get => new(9, WireType.LengthDelimited, "negative"u8); }

        public static Field Flags { [MethodImpl(Field.Folded)] get => new(10, WireType.Varint, "flags"u8); }

        public static Field Exemplars { [MethodImpl(Field.Folded)] get => new(11, WireType.LengthDelimited, "exemplars"u8); }

        public static Field Min { [MethodImpl(Field.Folded)] get => new(12, WireType.Fixed64, "min"u8); }

        public static Field Max { [MethodImpl(Field.Folded)] get => new(13, WireType.Fixed64, "max"u8); }

        public static Field ZeroThreshold { [MethodImpl(Field.Folded)] get => new(14, WireType.Fixed64, "zeroThreshold"u8); }

        public static class Buckets
        {
            public static Field Offset { [MethodImpl(Field.Folded)] get => new(1, WireType.Varint, "offset"u8); }

            public static Field BucketCounts { [MethodImpl(Field.Folded)] get => new(2, WireType.LengthDelimited, "bucketCounts"u8); }
        }
    }

    public static class SummaryDataPoint
    {
        public static Field Attributes { [MethodImpl(Field.Folded)] get => new(7, WireType.LengthDelimited, "attributes"u8); }

        public static Field StartTimeUnixNano { [MethodImpl(Field.Folded)] get => new(2, WireType.Fixed64, "startTimeUnixNano"u8); }

        public static Field TimeUnixNano { [MethodImpl(Field.Folded)] get => new(3, WireType.Fixed64, "timeUnixNano"u8); }

        public static Field Count { [MethodImpl(Field.Folded)] get => new(4, WireType.Fixed64, "count"u8); }

        public static Field Sum { [MethodImpl(Field.Folded)] get => new(5, WireType.Fixed64, "sum"u8); }

        public static Field QuantileValues { [MethodImpl(Field.Folded)] get => new(6, WireType.LengthDelimited, "quantileValues"u8); }

        public static Field Flags { [MethodImpl(Field.Folded)] get => new(8, WireType.Varint, "flags"u8); }

        public static class ValueAtQuantile
        {
            public static Field Quantile { [MethodImpl(Field.Folded)] get => new(1, WireType.Fixed64, "quantile"u8); }

            public static Field Value { [MethodImpl(Field.Folded)] get => new(2, WireType.Fixed64, "value"u8); }
        }
    }

    public static class Exemplar
    {
        public static Field FilteredAttributes { [MethodImpl(Field.Folded)] get => new(7, WireType.LengthDelimited, "filteredAttributes"u8); }

        public static Field TimeUnixNano { [MethodImpl(Field.Folded)] get => new(2, WireType.Fixed64, "timeUnixNano"u8); }

        public static Field AsDouble { [MethodImpl(Field.Folded)] get => new(3, WireType.Fixed64, "asDouble"u8); }

        public static Field AsInt { [MethodImpl(Field.Folded)] get => new(6, WireType.Fixed64, "asInt"u8); }

        public static Field SpanId { [MethodImpl(Field.Folded)] get => new(4, WireType.LengthDelimited, "spanId"u8); }

        public static Field TraceId { [MethodImpl(Field.Folded)] get => new(5, WireType.LengthDelimited, "traceId"u8); }
    }
}
