namespace OpencodeOtel.Pipeline.Configuration;

/// <summary>One destination.</summary>
public sealed record ExporterOptions
{
    /// <summary>Gets where it sends.</summary>
    public required ExporterKind Kind { get; init; }

    /// <summary>Gets what it is called in the report: as written after <c>--exporter</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the directory of a <see cref="ExporterKind.File"/> exporter.</summary>
    public string? Directory { get; init; }

    /// <summary>Gets where spans go; an OTLP exporter has all three.</summary>
    public OtlpDestination? Traces { get; init; }

    /// <summary>Gets where metrics go.</summary>
    public OtlpDestination? Metrics { get; init; }

    /// <summary>Gets where log records go.</summary>
    public OtlpDestination? Logs { get; init; }

    /// <summary>Gets the program that prints headers for an OTLP exporter, as written; see <see cref="Exporting.Credentials.HeadersHelper"/>.</summary>
    /// <value><see langword="null"/> by default: there is none.</value>
    public string? HeadersHelper { get; init; }
}
