using OpencodeOtel.Otlp;
using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Batching;

namespace OpencodeOtel.Benchmarks.Data;

/// <summary>Takes finished requests, counts them and gives them back.</summary>
internal sealed class CountingRequests : IPayloadSink
{
    /// <summary>Gets or sets the number of records.</summary>
    public int Items { get; set; }

    /// <summary>Gets or sets the number of bytes.</summary>
    public int Bytes { get; set; }

    /// <inheritdoc/>
    public void Enqueue(ExportRequest request)
    {
        Items += request.ItemCount;
        Bytes += request.Body.Length;
        request.Release();
    }

    /// <inheritdoc/>
    public void CountTooLarge(Signal signal, WireForm form, int items) =>
        throw new InvalidOperationException("Nothing here makes a record that is too large.");
}
