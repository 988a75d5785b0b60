using System.Runtime.CompilerServices;
using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Otlp.Schema;

namespace OpencodeOtel.Otlp.Messages;

/// <summary><c>opentelemetry.proto.metrics.v1.NumberDataPoint</c>.</summary>
/// <remarks>The list of a gauge has the number and the name of that of a sum; a test holds them equal.</remarks>
internal readonly struct NumberDataPointEncoder : IItemEncoder<NumberDataPoint>
{
    private const int FixedLength = 27; // two times and a value

    [MethodImpl(MethodImplOptions.NoInlining)] // inlined into its caller it would use up what the caller may inline
    public static void Write<TWriter>(ref TWriter writer, in NumberDataPoint point)
        where TWriter : struct, IOtlpWriter, allows ref struct
    {
        ReadOnlySpan<byte> attributes = AttributeSet.Encoded<TWriter>(point.Attributes, MetricsFields.NumberDataPoint.Attributes);
        Mark message = writer.BeginItem(MetricsFields.Sum.DataPoints, FixedLength + attributes.Length);
        writer.Fixed64UnlessZero(MetricsFields.NumberDataPoint.StartTimeUnixNano, point.StartTimeUnixNano);
        writer.Fixed64UnlessZero(MetricsFields.NumberDataPoint.TimeUnixNano, point.TimeUnixNano);
        NumberValue value = point.Value;
        if (value.Kind == NumberKind.Double)
        {
            writer.WriteDouble(MetricsFields.NumberDataPoint.AsDouble, value.Double);
        }

        ExemplarEncoder.WriteList(ref writer, MetricsFields.NumberDataPoint.Exemplars, point.Exemplars);
        if (value.Kind == NumberKind.Int)
        {
            writer.WriteSFixed64(MetricsFields.NumberDataPoint.AsInt, value.Int);
        }

        writer.WriteEncoded(attributes);
        writer.UInt32UnlessZero(MetricsFields.NumberDataPoint.Flags, point.Flags);
        writer.EndMessage(message);
    }
}
