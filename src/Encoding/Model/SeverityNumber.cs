namespace OpencodeOtel.Otlp.Model;

/// <summary><c>opentelemetry.proto.logs.v1.SeverityNumber</c>: 1–24, four steps for each word.</summary>
public enum SeverityNumber
{
    /// <summary>Not said.</summary>
    Unspecified = 0,

    /// <summary>TRACE, 1–4.</summary>
    Trace = 1,

    /// <summary>DEBUG, 5–8.</summary>
    Debug = 5,

    /// <summary>INFO, 9–12.</summary>
    Info = 9,

    /// <summary>WARN, 13–16.</summary>
    Warn = 13,

    /// <summary>ERROR, 17–20.</summary>
    Error = 17,

    /// <summary>FATAL, 21–24.</summary>
    Fatal = 21,
}
