using System.Runtime.CompilerServices;
using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Otlp.Schema;

namespace OpencodeOtel.Otlp.Messages;

/// <summary><c>opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint</c>, with its buckets.</summary>
internal readonly struct ExponentialHistogramDataPointEncoder : IItemEncoder<ExponentialHistogramDataPoint>
{
    private const int FixedLength = 90; // two times, two counts, sum, min, max, threshold, scale, and the heads of two halves

    [MethodImpl(MethodImplOptions.NoInlining)] // inlined into its caller it would use up what the caller may inline
    public static void Write<TWriter>(ref TWriter writer, in ExponentialHistogramDataPoint point)
        where TWriter : struct, IOtlpWriter, allows ref struct
    {
        ReadOnlySpan<byte> attributes =
            AttributeSet.Encoded<TWriter>(point.Attributes, MetricsFields.ExponentialHistogramDataPoint.Attributes);
        ExponentialBuckets positive = point.Positive.GetValueOrDefault();
        ExponentialBuckets negative = point.Negative.GetValueOrDefault();
        int counts = positive.BucketCounts.Length + negative.BucketCounts.Length; // mostly one byte each
        Mark message = writer.BeginItem(MetricsFields.ExponentialHistogram.DataPoints, FixedLength + counts + attributes.Length);
        writer.WriteEncoded(attributes);
        writer.Fixed64UnlessZero(MetricsFields.ExponentialHistogramDataPoint.StartTimeUnixNano, point.StartTimeUnixNano);
        writer.Fixed64UnlessZero(MetricsFields.ExponentialHistogramDataPoint.TimeUnixNano, point.TimeUnixNano);
        writer.Fixed64UnlessZero(MetricsFields.ExponentialHistogramDataPoint.Count, point.Count);
        WriteIfSet(ref writer, MetricsFields.ExponentialHistogramDataPoint.Sum, point.Sum);
        writer.SInt32UnlessZero(MetricsFields.ExponentialHistogramDataPoint.Scale, point.Scale);
        writer.Fixed64UnlessZero(MetricsFields.ExponentialHistogramDataPoint.ZeroCount, point.ZeroCount);
        if (point.Positive.HasValue)
        {
            WriteBuckets(ref writer, MetricsFields.ExponentialHistogramDataPoint.Positive, positive);
        }

        if (point.Negative.HasValue)
        {
            WriteBuckets(ref writer, MetricsFields.ExponentialHistogramDataPoint.Negative, negative);
        }

        writer.UInt32UnlessZero(MetricsFields.ExponentialHistogramDataPoint.Flags, point.Flags);
        ExemplarEncoder.WriteList(ref writer, MetricsFields.ExponentialHistogramDataPoint.Exemplars, point.Exemplars);
        WriteIfSet(ref writer, MetricsFields.ExponentialHistogramDataPoint.Min, point.Min);
        WriteIfSet(ref writer, MetricsFields.ExponentialHistogramDataPoint.Max, point.Max);
        writer.DoubleUnlessZero(MetricsFields.ExponentialHistogramDataPoint.ZeroThreshold, point.ZeroThreshold);
        writer.EndMessage(message);
    }

    private static void WriteIfSet<TWriter>(ref TWriter writer, Field field, double? value)
        where TWriter : struct, IOtlpWriter, allows ref struct
    {
        if (value.HasValue)
        {
            writer.WriteDouble(field, value.GetValueOrDefault());
        }
    }

    private static void WriteBuckets<TWriter>(ref TWriter writer, Field field, in ExponentialBuckets buckets)
        where TWriter : struct, IOtlpWriter, allows ref struct
    {
        ReadOnlySpan<ulong> counts = buckets.BucketCounts.Span;
        Mark message = writer.BeginMessage(field, counts.Length);
        writer.SInt32UnlessZero(MetricsFields.ExponentialHistogramDataPoint.Buckets.Offset, buckets.Offset);
        if (!counts.IsEmpty)
        {
            writer.WritePackedUInt64(MetricsFields.ExponentialHistogramDataPoint.Buckets.BucketCounts, counts);
        }

        writer.EndMessage(message);
    }
}
