namespace OpencodeOtel.Pipeline.Checking;

/// <summary>What came of a check.</summary>
public enum CheckStatus
{
    /// <summary>All is well.</summary>
    Ok,

    /// <summary>Something is not as telemetry needs it.</summary>
    Failed,

    /// <summary>There was nothing to check, or what it needs has failed.</summary>
    Skipped,
}
