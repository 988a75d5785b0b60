using System.Runtime.CompilerServices;
using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Otlp.Schema;

namespace OpencodeOtel.Otlp.Messages;

/// <summary><c>opentelemetry.proto.metrics.v1.SummaryDataPoint</c>, with its quantiles.</summary>
internal readonly struct SummaryDataPointEncoder : IItemEncoder<SummaryDataPoint>
{
    private const int FixedLength = 36; // two times, count and sum

    private const int QuantileLength = 20;

    [MethodImpl(MethodImplOptions.NoInlining)] // inlined into its caller it would use up what the caller may inline
    public static void Write<TWriter>(ref TWriter writer, in SummaryDataPoint point)
        where TWriter : struct, IOtlpWriter, allows ref struct
    {
        ReadOnlySpan<byte> attributes = AttributeSet.Encoded<TWriter>(point.Attributes, MetricsFields.SummaryDataPoint.Attributes);
        ReadOnlySpan<(double Quantile, double Value)> quantiles = point.QuantileValues.Span;
        Mark message = writer.BeginItem(MetricsFields.Summary.DataPoints, FixedLength + (QuantileLength * quantiles.Length) + attributes.Length);
        writer.Fixed64UnlessZero(MetricsFields.SummaryDataPoint.StartTimeUnixNano, point.StartTimeUnixNano);
        writer.Fixed64UnlessZero(MetricsFields.SummaryDataPoint.TimeUnixNano, point.TimeUnixNano);
        writer.Fixed64UnlessZero(MetricsFields.SummaryDataPoint.Count, point.Count);
        writer.DoubleUnlessZero(MetricsFields.SummaryDataPoint.Sum, point.Sum);
        WriteQuantiles(ref writer, quantiles);
        writer.WriteEncoded(attributes);
        writer.UInt32UnlessZero(MetricsFields.SummaryDataPoint.Flags, point.Flags);
        writer.EndMessage(message);
    }

    private static void WriteQuantiles<TWriter>(ref TWriter writer, ReadOnlySpan<(double Quantile, double Value)> quantiles)
        where TWriter : struct, IOtlpWriter, allows ref struct
    {
        if (quantiles.IsEmpty)
        {
            return;
        }

        Mark list = writer.BeginList(MetricsFields.SummaryDataPoint.QuantileValues);
        foreach ((double quantile, double value) in quantiles)
        {
            Mark item = writer.BeginItem(MetricsFields.SummaryDataPoint.QuantileValues, QuantileLength);
            writer.DoubleUnlessZero(MetricsFields.SummaryDataPoint.ValueAtQuantile.Quantile, quantile);
            writer.DoubleUnlessZero(MetricsFields.SummaryDataPoint.ValueAtQuantile.Value, value);
            writer.EndMessage(item);
        }

        writer.EndList(list);
    }
}
