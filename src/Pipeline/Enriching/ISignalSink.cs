using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Aggregating;

namespace OpencodeOtel.Pipeline.Enriching;

/// <summary>Takes what enriching makes of the events. What is handed over is read during the call and not kept.</summary>
internal interface ISignalSink
{
    /// <summary>Takes a finished span.</summary>
    void Emit(in Span span);

    /// <summary>Takes a log record.</summary>
    void Emit(in LogRecord record);

    /// <summary>Takes a measurement.</summary>
    void Record(in Measurement measurement);
}
