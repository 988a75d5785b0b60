using OpencodeOtel.Otlp.Model;

namespace OpencodeOtel.Pipeline.Enriching.Emitting;

/// <summary>What a span is below.</summary>
/// <param name="SpanId">The parent; zero for a root.</param>
/// <param name="IsRemote">Whether it is in another process.</param>
internal readonly record struct SpanParent(SpanId SpanId, bool IsRemote);
