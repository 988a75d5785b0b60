namespace OpencodeOtel.Pipeline.Spooling;

/// <summary>What a spool warns of, each once.</summary>
internal enum SpoolWarning
{
    /// <summary>Nothing can be stored.</summary>
    NotStored,

    /// <summary>The directory cannot be read.</summary>
    NotRead,

    /// <summary>A log cannot be read; the others can.</summary>
    LogNotRead,

    /// <summary>A part of a log cannot be read.</summary>
    Damaged,

    /// <summary>The oldest was dropped for the limit.</summary>
    Evicted,

    /// <summary>Something waited too long.</summary>
    Expired,
}
