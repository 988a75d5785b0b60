using System.Runtime.CompilerServices;
using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Otlp.Schema;

namespace OpencodeOtel.Otlp.Messages;

/// <summary><c>opentelemetry.proto.trace.v1.Span.Event</c>.</summary>
internal static class SpanEventEncoder
{
    /// <summary>Writes the list of <paramref name="field"/>, if there are any.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteList<TWriter>(ref TWriter writer, Field field, ReadOnlyMemory<SpanEvent> events)
        where TWriter : struct, IOtlpWriter, allows ref struct
    {
        if (!events.IsEmpty)
        {
            WriteItems(ref writer, field, events.Span);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void WriteItems<TWriter>(ref TWriter writer, Field field, ReadOnlySpan<SpanEvent> events)
        where TWriter : struct, IOtlpWriter, allows ref struct
    {
        Mark list = writer.BeginList(field);
        foreach (ref readonly SpanEvent item in events)
        {
            Mark message = writer.BeginItem(field, 0);
            writer.Fixed64UnlessZero(TraceFields.Span.Event.TimeUnixNano, item.TimeUnixNano);
            writer.StringUnlessEmpty(TraceFields.Span.Event.Name, item.Name);
            KeyValueEncoder.WriteList(ref writer, TraceFields.Span.Event.Attributes, item.Attributes);
            writer.UInt32UnlessZero(TraceFields.Span.Event.DroppedAttributesCount, item.DroppedAttributesCount);
            writer.EndMessage(message);
        }

        writer.EndList(list);
    }
}
