namespace OpencodeOtel.Pipeline.Exporting.Delivering;

/// <summary>What the gate of a destination says to a request that wants to be sent.</summary>
/// <param name="IsGranted">Whether it may be sent now; if not, its time is up.</param>
/// <param name="Round">The number of failures the destination had seen when the turn was granted: of several requests that fail together one counts.</param>
internal readonly record struct Turn(bool IsGranted, int Round);
