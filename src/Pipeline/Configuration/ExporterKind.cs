namespace OpencodeOtel.Pipeline.Configuration;

/// <summary>Where an exporter sends.</summary>
public enum ExporterKind
{
    /// <summary>To an OTLP server.</summary>
    Otlp,

    /// <summary>To a person, on standard output.</summary>
    Console,

    /// <summary>To files of OTLP/JSON lines.</summary>
    File,

    /// <summary>Nowhere.</summary>
    None,
}
