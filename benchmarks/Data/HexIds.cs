using System.Diagnostics.CodeAnalysis;
using Google.Protobuf;
using OpenTelemetry.Proto.Collector.Trace.V1;
using OpenTelemetry.Proto.Trace.V1;

namespace OpencodeOtel.Benchmarks.Data;

/// <summary>Reads OTLP/JSON with the reference parser, which takes ids for Base64.</summary>
internal static class HexIds
{
    /// <summary>Parses <paramref name="json"/> and puts the ids right.</summary>
    /// <returns>Whether the text is JSON of the message.</returns>
    public static bool TryParse(string json, [NotNullWhen(true)] out ExportTraceServiceRequest? request)
    {
        try
        {
            request = JsonParser.Default.Parse<ExportTraceServiceRequest>(json);
        }
        catch (Exception failure) when (failure is InvalidProtocolBufferException or InvalidJsonException)
        {
            request = null;
            return false;
        }

        foreach (Span span in request.ResourceSpans.SelectMany(resource => resource.ScopeSpans).SelectMany(scope => scope.Spans))
        {
            span.TraceId = Id(span.TraceId);
            span.SpanId = Id(span.SpanId);
            span.ParentSpanId = Id(span.ParentSpanId);
        }

        return true;
    }

    // Hexadecimal digits are Base64 digits too, and 16 or 32 of them need no padding: so this gives back the text that stood there.
    private static ByteString Id(ByteString wrong) => ByteString.CopyFrom(Convert.FromHexString(wrong.ToBase64()));
}
