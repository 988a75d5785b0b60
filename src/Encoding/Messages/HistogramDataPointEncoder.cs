using System.Runtime.CompilerServices;
using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Otlp.Schema;

namespace OpencodeOtel.Otlp.Messages;

/// <summary><c>opentelemetry.proto.metrics.v1.HistogramDataPoint</c>.</summary>
internal readonly struct HistogramDataPointEncoder : IItemEncoder<HistogramDataPoint>
{
    private const int FixedLength = 60; // two times, a count, sum, min, max, and the heads of two lists

    [MethodImpl(MethodImplOptions.NoInlining)] // inlined into its caller it would use up what the caller may inline
    public static void Write<TWriter>(ref TWriter writer, in HistogramDataPoint point)
        where TWriter : struct, IOtlpWriter, allows ref struct
    {
        ReadOnlySpan<byte> attributes = AttributeSet.Encoded<TWriter>(point.Attributes, MetricsFields.HistogramDataPoint.Attributes);
        ReadOnlySpan<ulong> counts = point.BucketCounts.Span;
        ReadOnlySpan<double> bounds = point.ExplicitBounds.Span;
        Mark message = writer.BeginItem(MetricsFields.Histogram.DataPoints, FixedLength + (8 * counts.Length) + (8 * bounds.Length) + attributes.Length);
        writer.Fixed64UnlessZero(MetricsFields.HistogramDataPoint.StartTimeUnixNano, point.StartTimeUnixNano);
        writer.Fixed64UnlessZero(MetricsFields.HistogramDataPoint.TimeUnixNano, point.TimeUnixNano);
        writer.Fixed64UnlessZero(MetricsFields.HistogramDataPoint.Count, point.Count);
        if (point.Sum is { } sum)
        {
            writer.WriteDouble(MetricsFields.HistogramDataPoint.Sum, sum);
        }

        if (!counts.IsEmpty)
        {
            writer.WritePackedFixed64(MetricsFields.HistogramDataPoint.BucketCounts, counts);
        }

        if (!bounds.IsEmpty)
        {
            writer.WritePackedDouble(MetricsFields.HistogramDataPoint.ExplicitBounds, bounds);
        }

        ExemplarEncoder.WriteList(ref writer, MetricsFields.HistogramDataPoint.Exemplars, point.Exemplars);
        writer.WriteEncoded(attributes);
        writer.UInt32UnlessZero(MetricsFields.HistogramDataPoint.Flags, point.Flags);
        if (point.Min is { } min)
        {
            writer.WriteDouble(MetricsFields.HistogramDataPoint.Min, min);
        }

        if (point.Max is { } max)
        {
            writer.WriteDouble(MetricsFields.HistogramDataPoint.Max, max);
        }

        writer.EndMessage(message);
    }
}
