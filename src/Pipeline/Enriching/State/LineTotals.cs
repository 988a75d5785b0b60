namespace OpencodeOtel.Pipeline.Enriching.State;

/// <summary>What is known of the lines that a session added and removed, by the source that said it.</summary>
internal sealed class LineTotals
{
    /// <summary>Gets or sets the sum over the session's user messages.</summary>
    public LinePair Messages { get; set; }

    /// <summary>Gets or sets the sum over the session's edit and write calls.</summary>
    public LinePair Tools { get; set; }

    /// <summary>Gets or sets the session's total as it was said last.</summary>
    public LinePair Total { get; set; }

    /// <summary>Gets or sets a value indicating whether a message ever had diffs.</summary>
    public bool HadMessageDiffs { get; set; }

    /// <summary>Gets or sets a value indicating whether the last <c>session.diff</c> had any.</summary>
    public bool WasDiffFilled { get; set; }

    /// <summary>Gets or sets a value indicating whether messages or diffs were seen: then tools say nothing.</summary>
    public bool IsTold { get; set; }

    /// <summary>Gets or sets a value indicating whether the session is reverted: then <c>session.diff</c> rules.</summary>
    public bool IsReverted { get; set; }
}
