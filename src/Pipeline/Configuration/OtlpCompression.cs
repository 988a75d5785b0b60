namespace OpencodeOtel.Pipeline.Configuration;

/// <summary>How the body of a request is compressed.</summary>
public enum OtlpCompression
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary><c>gzip</c>.</summary>
    Gzip,

    /// <summary><c>zstd</c>: not in OpenTelemetry's list, but servers know it.</summary>
    Zstd,
}
