namespace OpencodeOtel.Pipeline.Diagnostics;

/// <summary>The account of a pipeline: what came in, what was made of it, and what became of that at each destination.</summary>
/// <param name="Events">The events read.</param>
/// <param name="Records">The records made; equal to the sum of the fates at each destination once all is settled.</param>
/// <param name="Exporters">The destinations.</param>
/// <param name="Bounds">Bounds that were hit, by name, with how often.</param>
public sealed record PipelineReport(
    EventCounts Events,
    SignalCounts Records,
    IReadOnlyList<ExporterReport> Exporters,
    IReadOnlyList<KeyValuePair<string, long>> Bounds)
{
    /// <summary>Gets a value indicating whether every event came in, and every record was delivered, or waits on disk, at every destination.</summary>
    public bool LostNothing => Events.Lost == 0 && Exporters.All(exporter => exporter.LostNothing);
}
