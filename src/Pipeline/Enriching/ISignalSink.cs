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

    /// <summary>Learns that a session is deleted or forgotten: its series may be retired after their next export. The text is good during the call.</summary>
    void SessionEnded(OtlpString sessionId)
    {
    }
}
