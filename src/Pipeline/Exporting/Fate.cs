namespace OpencodeOtel.Pipeline.Exporting;

/// <summary>What became of a record at one destination; every record made ends under exactly one of these.</summary>
public enum Fate
{
    /// <summary>The destination has it.</summary>
    Delivered,

    /// <summary>The destination took its request and rejected this record.</summary>
    Rejected,

    /// <summary>The destination refused its request for good.</summary>
    Refused,

    /// <summary>Too large to be sent, or for the destination.</summary>
    TooLarge,

    /// <summary>Not delivered within the time or the attempts that are allowed.</summary>
    Expired,

    /// <summary>Given up for a named bound, such as a full queue.</summary>
    Dropped,

    /// <summary>On disk, to be sent later.</summary>
    Spooled,
}
