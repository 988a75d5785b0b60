using OpencodeOtel.Otlp.Model;

namespace OpencodeOtel.Pipeline.Tests.Enriching;

/// <summary>A link as the sink got it.</summary>
internal sealed record MadeLink(string TraceId, string SpanId, SpanFlags Flags, string TraceState = "");
