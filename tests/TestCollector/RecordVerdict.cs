namespace OpencodeOtel.TestCollector;

/// <summary>What a server said about a record for good.</summary>
public enum RecordVerdict
{
    /// <summary>Nothing final: a client that gives up has lost it.</summary>
    None,

    /// <summary>Taken, and the client was told.</summary>
    Taken,

    /// <summary>Rejected by a partial success.</summary>
    Rejected,

    /// <summary>Refused with its request.</summary>
    Refused,

    /// <summary>Too large by itself.</summary>
    TooLarge,
}
