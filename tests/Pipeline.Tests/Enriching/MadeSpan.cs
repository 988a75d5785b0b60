using OpencodeOtel.Otlp.Model;

namespace OpencodeOtel.Pipeline.Tests.Enriching;

/// <summary>A span as the sink got it. Times are Unix milliseconds.</summary>
internal sealed record MadeSpan(
    string Name,
    SpanKind Kind,
    string TraceId,
    string SpanId,
    string ParentId,
    SpanFlags Flags,
    string TraceState,
    long Start,
    long End,
    StatusCode Status,
    string StatusMessage,
    IReadOnlyDictionary<string, object> Attributes,
    uint Dropped,
    IReadOnlyList<MadeLink> Links)
{
    public const string NoSpan = "0000000000000000";

    public string SessionId => (string)Attributes["session.id"];

    public object this[string key] => Attributes[key];
}
