using OpencodeOtel.Otlp.Model;

namespace OpencodeOtel.Pipeline.Diagnostics;

/// <summary>The account of one destination.</summary>
/// <param name="Name">What it was called after <c>--exporter</c>.</param>
/// <param name="Metrics">The fate of the data points.</param>
/// <param name="Logs">The fate of the log records.</param>
/// <param name="Spans">The fate of the spans.</param>
/// <param name="Requests">Requests sent, each attempt counted.</param>
/// <param name="Retries">Attempts after the first.</param>
/// <param name="Bytes">Bytes of payload before compression.</param>
/// <param name="BytesOnWire">Bytes of payload as sent.</param>
public sealed record ExporterReport(
    string Name,
    FateCounts Metrics,
    FateCounts Logs,
    FateCounts Spans,
    long Requests,
    long Retries,
    long Bytes,
    long BytesOnWire)
{
    /// <summary>Gets what became of records that earlier processes had spooled for this destination; <see langword="null"/> without a spool.</summary>
    public SpoolReport? Spool { get; init; }

    /// <summary>Gets a value indicating whether every record was delivered or waits on disk.</summary>
    public bool LostNothing => Lost(Metrics) + Lost(Logs) + Lost(Spans) == 0;

    /// <summary>The fates of a signal.</summary>
    public FateCounts Of(Signal signal) => signal switch
    {
        Signal.Metrics => Metrics,
        Signal.Logs => Logs,
        _ => Spans,
    };

    private static long Lost(FateCounts fate) => fate.Total - fate.Delivered - fate.Spooled;
}
