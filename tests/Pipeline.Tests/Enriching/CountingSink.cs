using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Aggregating;
using OpencodeOtel.Pipeline.Enriching;

namespace OpencodeOtel.Pipeline.Tests.Enriching;

/// <summary>Counts signals and keeps nothing.</summary>
internal sealed class CountingSink : ISignalSink
{
    public int Spans { get; private set; }

    public int Logs { get; private set; }

    public int Measurements { get; private set; }

    public void Emit(in Span span) => Spans++;

    public void Emit(in LogRecord record) => Logs++;

    public void Record(in Measurement measurement) => Measurements++;
}
