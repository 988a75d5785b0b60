namespace OpencodeOtel.Pipeline.Exporting;

/// <summary>What can go wrong with records at a destination; each kind is said once, and counted.</summary>
internal enum FailureKind
{
    /// <summary>The destination took the request and rejected records.</summary>
    Rejected,

    /// <summary>The destination took everything and has something to say.</summary>
    Warned,

    /// <summary>The destination cannot be reached or does not answer in time.</summary>
    Unavailable,

    /// <summary>The destination wants other credentials.</summary>
    Unauthenticated,

    /// <summary>The destination refused the request for good.</summary>
    Refused,

    /// <summary>The request or a record is too large.</summary>
    TooLarge,

    /// <summary>The queue was full.</summary>
    QueueFull,

    /// <summary>Time was up when stopping.</summary>
    ShutDown,

    /// <summary>The destination failed in a way that may pass, and the request is tried again.</summary>
    Retried,

    /// <summary>The request could not be delivered and is kept on disk.</summary>
    Spooled,
}
