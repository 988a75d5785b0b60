namespace OpencodeOtel.TestCollector;

/// <summary>What a request carries.</summary>
public enum OtlpSignal
{
    /// <summary>Spans.</summary>
    Traces,

    /// <summary>Metrics.</summary>
    Metrics,

    /// <summary>Log records.</summary>
    Logs,
}
