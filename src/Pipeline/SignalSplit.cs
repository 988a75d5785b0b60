using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Aggregating;
using OpencodeOtel.Pipeline.Batching;
using OpencodeOtel.Pipeline.Enriching;

namespace OpencodeOtel.Pipeline;

/// <summary>Where the way of the data forks: spans and log records go to batching at once, measurements to the aggregator.</summary>
internal sealed class SignalSplit(SignalBatcher batcher, MetricCollector metrics) : ISignalSink
{
    /// <summary>Gets or sets a value indicating whether nothing goes anywhere, because what is read is only learnt.</summary>
    public bool IsMuted { get; set; }

    /// <inheritdoc/>
    public void Emit(in Span span)
    {
        if (!IsMuted)
        {
            batcher.Emit(in span);
        }
    }

    /// <inheritdoc/>
    public void Emit(in LogRecord record)
    {
        if (!IsMuted)
        {
            batcher.Emit(in record);
        }
    }

    /// <inheritdoc/>
    public void Record(in Measurement measurement)
    {
        if (!IsMuted)
        {
            metrics.Record(in measurement);
        }
    }

    /// <inheritdoc/>
    public void SessionEnded(OtlpString sessionId) => metrics.EndSession(sessionId);
}
