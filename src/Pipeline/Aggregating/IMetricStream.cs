using OpencodeOtel.Otlp.Model;

namespace OpencodeOtel.Pipeline.Aggregating;

/// <summary>The series of one instrument, aggregated in one way.</summary>
internal interface IMetricStream
{
    /// <summary>Gets how many measurements went to the overflow series because the cardinality limit was reached.</summary>
    long Overflowed { get; }

    /// <summary>Adds a measurement to the series of <paramref name="attributes"/>: those of the measurement, less the excluded ones.</summary>
    /// <returns><see langword="false"/> if the value must not be aggregated; then nothing has changed.</returns>
    bool Record(in Measurement measurement, ReadOnlySpan<KeyValue> attributes);

    /// <summary>Hands a point of each series that is due to <paramref name="sink"/> and starts the next interval.</summary>
    void Collect(in CollectionWindow window, IMetricPointSink sink);
}
