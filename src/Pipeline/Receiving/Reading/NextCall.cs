namespace OpencodeOtel.Pipeline.Receiving.Reading;

/// <summary>What is remembered of a tool call of the second interface, whose end does not say it again.</summary>
internal sealed class NextCall
{
    /// <summary>Gets the name of the tool.</summary>
    public KeptBytes Tool { get; } = new();

    /// <summary>Gets the input, JSON; empty when it is long.</summary>
    public KeptBytes Input { get; } = new();

    /// <summary>Gets or sets when the tool was called, in Unix milliseconds.</summary>
    public long Start { get; set; }

    /// <summary>Makes it a new one.</summary>
    public void Clear()
    {
        Tool.Clear();
        Input.Clear();
        Start = 0;
    }
}
