using OpencodeOtel.Otlp.Model;

namespace OpencodeOtel.Pipeline.Enriching.Emitting;

/// <summary>The span that a log record or a measurement belongs to; zero for none.</summary>
internal readonly record struct SpanContext(TraceId TraceId, SpanId SpanId);
