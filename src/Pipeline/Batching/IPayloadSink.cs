using OpencodeOtel.Otlp;
using OpencodeOtel.Otlp.Model;

namespace OpencodeOtel.Pipeline.Batching;

/// <summary>Takes finished requests: the hand-over from the one thread of the pipeline to the exporting side.</summary>
/// <remarks>
/// Called on the pipeline's thread. A request goes to every destination of its signal and wire form; so does the count of
/// what was too large, so that at each destination the fates add up to the records made.
/// </remarks>
internal interface IPayloadSink
{
    /// <summary>Takes a request, and with it the one hold on it: the sink retains it once more for each further destination, and releases it.</summary>
    void Enqueue(ExportRequest request);

    /// <summary>Counts records that were made but are in no request of this wire form, because they alone exceed the limit of a request.</summary>
    /// <param name="signal">The signal.</param>
    /// <param name="form">The wire form in which they are too large.</param>
    /// <param name="items">How many spans, log records or data points.</param>
    void CountTooLarge(Signal signal, WireForm form, int items);
}
