using System.Runtime.CompilerServices;
using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Otlp.Schema;

namespace OpencodeOtel.Otlp.Messages;

/// <summary><c>opentelemetry.proto.trace.v1.Span.Link</c>.</summary>
internal static class SpanLinkEncoder
{
    /// <summary>Writes the list of <paramref name="field"/>, if there are any.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteList<TWriter>(ref TWriter writer, Field field, ReadOnlyMemory<SpanLink> links)
        where TWriter : struct, IOtlpWriter, allows ref struct
    {
        if (!links.IsEmpty)
        {
            WriteItems(ref writer, field, links.Span);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void WriteItems<TWriter>(ref TWriter writer, Field field, ReadOnlySpan<SpanLink> links)
        where TWriter : struct, IOtlpWriter, allows ref struct
    {
        Mark list = writer.BeginList(field);
        foreach (ref readonly SpanLink link in links)
        {
            Mark message = writer.BeginItem(field, 0);
            writer.TraceIdUnlessZero(TraceFields.Span.Link.TraceId, link.TraceId);
            writer.SpanIdUnlessZero(TraceFields.Span.Link.SpanId, link.SpanId);
            writer.StringUnlessEmpty(TraceFields.Span.Link.TraceState, link.TraceState);
            KeyValueEncoder.WriteList(ref writer, TraceFields.Span.Link.Attributes, link.Attributes);
            writer.UInt32UnlessZero(TraceFields.Span.Link.DroppedAttributesCount, link.DroppedAttributesCount);
            writer.Fixed32UnlessZero(TraceFields.Span.Link.Flags, (uint)link.Flags);
            writer.EndMessage(message);
        }

        writer.EndList(list);
    }
}
