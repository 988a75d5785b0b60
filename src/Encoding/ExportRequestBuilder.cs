using OpencodeOtel.Otlp.Model;

namespace OpencodeOtel.Otlp;

/// <summary>An open <c>Export…ServiceRequest</c>: records are encoded into it as they come, and its exact size is known at all times.</summary>
/// <remarks>One thread. The buffer is rented from the shared pool, grows with the records, and goes to the request on completion.</remarks>
public sealed class ExportRequestBuilder : IDisposable
{
    /// <summary>Opens an empty request.</summary>
    /// <param name="envelope">Signal, wire form, resource and scope.</param>
    /// <param name="initialCapacity">Bytes to rent at first.</param>
    public ExportRequestBuilder(ExportEnvelope envelope, int initialCapacity)
    {
        throw new NotImplementedException($"{envelope}{initialCapacity}");
    }

    /// <summary>Gets the number of spans, log records or data points.</summary>
    public int ItemCount { get; private set; }

    /// <summary>Gets the exact size in bytes that <see cref="Complete"/> would give now; 0 without items.</summary>
    public int Length { get; private set; }

    /// <summary>Appends a span, unless the completed request would be longer than <paramref name="limit"/> bytes: then nothing changes.</summary>
    /// <returns>Whether it was appended.</returns>
    public bool TryAppend(in Span span, int limit) => throw new NotImplementedException();

    /// <summary>Appends a log record, unless the completed request would be longer than <paramref name="limit"/> bytes: then nothing changes.</summary>
    /// <returns>Whether it was appended.</returns>
    public bool TryAppend(in LogRecord record, int limit) => throw new NotImplementedException();

    /// <summary>Appends a point to <paramref name="metric"/> (opened if it is not the one of the last point), unless the completed request would be longer than <paramref name="limit"/> bytes: then nothing changes.</summary>
    /// <returns>Whether it was appended.</returns>
    public bool TryAppend(Metric metric, in NumberDataPoint point, int limit) => throw new NotImplementedException();

    /// <inheritdoc cref="TryAppend(Metric, in NumberDataPoint, int)"/>
    public bool TryAppend(Metric metric, in HistogramDataPoint point, int limit) => throw new NotImplementedException();

    /// <inheritdoc cref="TryAppend(Metric, in NumberDataPoint, int)"/>
    public bool TryAppend(Metric metric, in ExponentialHistogramDataPoint point, int limit) => throw new NotImplementedException();

    /// <inheritdoc cref="TryAppend(Metric, in NumberDataPoint, int)"/>
    public bool TryAppend(Metric metric, in SummaryDataPoint point, int limit) => throw new NotImplementedException();

    /// <summary>Closes the envelope and hands the request over; the builder is then empty and rents anew when next used.</summary>
    /// <exception cref="InvalidOperationException">There is no item: an empty request is not to be made.</exception>
    public ExportRequest Complete() => throw new NotImplementedException();

    /// <summary>Gives the buffer back.</summary>
    public void Dispose() => throw new NotImplementedException();
}
