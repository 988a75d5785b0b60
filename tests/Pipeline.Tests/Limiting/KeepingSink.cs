using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Aggregating;
using OpencodeOtel.Pipeline.Enriching;

namespace OpencodeOtel.Pipeline.Tests.Limiting;

/// <summary>Keeps the last of each signal; its memory is good until the next.</summary>
internal sealed class KeepingSink : ISignalSink
{
    public Span Span { get; private set; }

    public LogRecord Log { get; private set; }

    public int Measurements { get; private set; }

    public OtlpString EndedSession { get; private set; }

    public void Emit(in Span span) => Span = span;

    public void Emit(in LogRecord record) => Log = record;

    public void Record(in Measurement measurement) => Measurements++;

    public void SessionEnded(OtlpString sessionId) => EndedSession = sessionId;
}
