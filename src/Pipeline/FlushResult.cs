namespace OpencodeOtel.Pipeline;

/// <summary>How a flush went: OpenTelemetry specification, <c>ForceFlush</c>.</summary>
public enum FlushResult
{
    /// <summary>Every record that was not settled before is delivered, at every destination.</summary>
    Delivered,

    /// <summary>All is settled, but some records were rejected, lost, or are kept on disk: the report says which fate.</summary>
    NotDelivered,

    /// <summary>Not all is settled in time. Nothing is given up: it is still being sent, or tried again.</summary>
    TimedOut,
}
