using System.Runtime.CompilerServices;
using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Otlp.Schema;

namespace OpencodeOtel.Otlp.Messages;

/// <summary><c>opentelemetry.proto.trace.v1.Span</c>, with its status.</summary>
internal readonly struct SpanEncoder : IItemEncoder<Span>
{
    private const int ExpectedLength = 512; // a handful of attributes; anything from 128 to 16,383 keeps the same room

    [MethodImpl(MethodImplOptions.NoInlining)] // inlined into its caller it would use up what the caller may inline
    public static void Write<TWriter>(ref TWriter writer, in Span span)
        where TWriter : struct, IOtlpWriter, allows ref struct
    {
        Mark message = writer.BeginItem(TraceFields.ScopeSpans.Spans, ExpectedLength);
        writer.TraceIdUnlessZero(TraceFields.Span.TraceId, span.TraceId);
        writer.SpanIdUnlessZero(TraceFields.Span.SpanId, span.SpanId);
        writer.StringUnlessEmpty(TraceFields.Span.TraceState, span.TraceState);
        writer.SpanIdUnlessZero(TraceFields.Span.ParentSpanId, span.ParentSpanId);
        writer.StringUnlessEmpty(TraceFields.Span.Name, span.Name);
        writer.EnumUnlessZero(TraceFields.Span.Kind, (int)span.Kind);
        writer.Fixed64UnlessZero(TraceFields.Span.StartTimeUnixNano, span.StartTimeUnixNano);
        writer.Fixed64UnlessZero(TraceFields.Span.EndTimeUnixNano, span.EndTimeUnixNano);
        KeyValueEncoder.WriteList(ref writer, TraceFields.Span.Attributes, span.Attributes);
        writer.UInt32UnlessZero(TraceFields.Span.DroppedAttributesCount, span.DroppedAttributesCount);
        SpanEventEncoder.WriteList(ref writer, TraceFields.Span.Events, span.Events);
        writer.UInt32UnlessZero(TraceFields.Span.DroppedEventsCount, span.DroppedEventsCount);
        SpanLinkEncoder.WriteList(ref writer, TraceFields.Span.Links, span.Links);
        writer.UInt32UnlessZero(TraceFields.Span.DroppedLinksCount, span.DroppedLinksCount);
        WriteStatus(ref writer, span);
        writer.Fixed32UnlessZero(TraceFields.Span.Flags, (uint)span.Flags);
        writer.EndMessage(message);
    }

    private static void WriteStatus<TWriter>(ref TWriter writer, in Span span)
        where TWriter : struct, IOtlpWriter, allows ref struct
    {
        if (span.StatusCode == StatusCode.Unset)
        {
            return;
        }

        Mark status = writer.BeginMessage(TraceFields.Span.Status, 0);
        if (span.StatusCode == StatusCode.Error)
        {
            writer.StringUnlessEmpty(TraceFields.Status.Message, span.StatusMessage);
        }

        writer.EnumUnlessZero(TraceFields.Status.Code, (int)span.StatusCode);
        writer.EndMessage(status);
    }
}
