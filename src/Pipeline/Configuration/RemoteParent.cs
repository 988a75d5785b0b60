using OpencodeOtel.Otlp.Model;

namespace OpencodeOtel.Pipeline.Configuration;

/// <summary>A span of another process that ours nest under: what a W3C <c>traceparent</c> and <c>tracestate</c> say.</summary>
/// <param name="TraceId">The trace; not zero.</param>
/// <param name="SpanId">The parent span; not zero.</param>
/// <param name="Flags">The trace flags; bit 0 is sampled.</param>
/// <param name="TraceState">The trace state in header form; <see langword="null"/> for none.</param>
public sealed record RemoteParent(TraceId TraceId, SpanId SpanId, byte Flags, string? TraceState)
{
    /// <summary>Gets a value indicating whether the trace is sampled; if not, no span is made.</summary>
    public bool IsSampled => (Flags & 1) != 0;
}
