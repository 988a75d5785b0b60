namespace OpencodeOtel.Pipeline.Exporting;

/// <summary>What a destination made of a payload.</summary>
internal enum SendOutcome
{
    /// <summary>Taken, perhaps less some rejected items.</summary>
    Accepted,

    /// <summary>Not taken now; the same bytes may be sent again.</summary>
    Retryable,

    /// <summary>Not taken for want of valid credentials (401, 403, UNAUTHENTICATED, PERMISSION_DENIED).</summary>
    Unauthenticated,

    /// <summary>Not taken, for good.</summary>
    Refused,

    /// <summary>Not taken because it is too large (413, or RESOURCE_EXHAUSTED that says so).</summary>
    TooLarge,
}
