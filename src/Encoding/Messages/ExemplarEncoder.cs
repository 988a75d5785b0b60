using System.Runtime.CompilerServices;
using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Otlp.Schema;

namespace OpencodeOtel.Otlp.Messages;

/// <summary><c>opentelemetry.proto.metrics.v1.Exemplar</c>.</summary>
internal static class ExemplarEncoder
{
    /// <summary>Writes the list of <paramref name="field"/>, if there are any.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteList<TWriter>(ref TWriter writer, Field field, ReadOnlyMemory<Exemplar> exemplars)
        where TWriter : struct, IOtlpWriter, allows ref struct
    {
        if (!exemplars.IsEmpty)
        {
            WriteItems(ref writer, field, exemplars.Span);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void WriteItems<TWriter>(ref TWriter writer, Field field, ReadOnlySpan<Exemplar> exemplars)
        where TWriter : struct, IOtlpWriter, allows ref struct
    {
        Mark list = writer.BeginList(field);
        foreach (ref readonly Exemplar exemplar in exemplars)
        {
            Mark item = writer.BeginItem(field, 0);
            writer.Fixed64UnlessZero(MetricsFields.Exemplar.TimeUnixNano, exemplar.TimeUnixNano);
            NumberValue value = exemplar.Value;
            if (value.Kind == NumberKind.Double)
            {
                writer.WriteDouble(MetricsFields.Exemplar.AsDouble, value.Double);
            }

            writer.SpanIdUnlessZero(MetricsFields.Exemplar.SpanId, exemplar.SpanId);
            writer.TraceIdUnlessZero(MetricsFields.Exemplar.TraceId, exemplar.TraceId);
            if (value.Kind == NumberKind.Int)
            {
                writer.WriteSFixed64(MetricsFields.Exemplar.AsInt, value.Int);
            }

            KeyValueEncoder.WriteList(ref writer, MetricsFields.Exemplar.FilteredAttributes, exemplar.FilteredAttributes);
            writer.EndMessage(item);
        }

        writer.EndList(list);
    }
}
