using OpencodeOtel.Otlp.Model;

namespace OpencodeOtel.Pipeline.Tests.Enriching;

/// <summary>A log record as the sink got it. Times are Unix milliseconds.</summary>
internal sealed record MadeLog(
    string Body,
    string EventName,
    SeverityNumber Severity,
    string SeverityText,
    long Time,
    long Observed,
    string TraceId,
    string SpanId,
    byte Flags,
    IReadOnlyDictionary<string, object> Attributes)
{
    public object this[string key] => Attributes[key];
}
