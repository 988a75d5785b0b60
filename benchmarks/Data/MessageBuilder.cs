using Google.Protobuf;
using OpencodeOtel.Otlp.Model;
using Proto = OpenTelemetry.Proto;

namespace OpencodeOtel.Benchmarks.Data;

/// <summary>Makes messages of the generated classes from our records: what a program that uses them does for each item.</summary>
internal static class MessageBuilder
{
    /// <summary>Makes a span; the texts must be strings, which are taken as they are.</summary>
    public static Proto.Trace.V1.Span Span(in Span span)
    {
        Span<byte> id = stackalloc byte[TraceId.Size];
        span.TraceId.CopyTo(id);
        Proto.Trace.V1.Span message = new()
        {
            TraceId = ByteString.CopyFrom(id),
            Flags = (uint)span.Flags,
            Name = span.Name.ToString(),
            Kind = (Proto.Trace.V1.Span.Types.SpanKind)span.Kind,
            StartTimeUnixNano = span.StartTimeUnixNano,
            EndTimeUnixNano = span.EndTimeUnixNano,
        };
        span.SpanId.CopyTo(id);
        message.SpanId = ByteString.CopyFrom(id[..SpanId.Size]);
        span.ParentSpanId.CopyTo(id);
        message.ParentSpanId = ByteString.CopyFrom(id[..SpanId.Size]);
        foreach (KeyValue attribute in span.Attributes.Span)
        {
            message.Attributes.Add(new Proto.Common.V1.KeyValue
            {
                Key = attribute.Key.ToString(),
                Value = new Proto.Common.V1.AnyValue { StringValue = attribute.Value.Text.ToString() },
            });
        }

        return message;
    }
}
