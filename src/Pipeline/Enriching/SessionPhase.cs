namespace OpencodeOtel.Pipeline.Enriching;

/// <summary>What is known of a session.</summary>
internal enum SessionPhase
{
    /// <summary>Nothing.</summary>
    Unknown,

    /// <summary>It is there, and does nothing.</summary>
    Idle,

    /// <summary>It has a prompt or work, and no idle was seen since.</summary>
    Working,
}
