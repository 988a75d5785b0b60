namespace OpencodeOtel.Pipeline.Receiving.Reading;

/// <summary>What is remembered of a session of the second interface.</summary>
internal sealed class NextSession
{
    /// <summary>Gets the id of the last prompt.</summary>
    public KeptBytes Prompt { get; } = new();

    /// <summary>Gets or sets when that was made, in Unix milliseconds.</summary>
    public long PromptCreated { get; set; }

    /// <summary>Gets or sets a value indicating whether a step has answered it.</summary>
    public bool IsPromptAnswered { get; set; }

    /// <summary>Gets the id of the message of the last step that was started.</summary>
    public KeptBytes Step { get; } = new();

    /// <summary>Gets the id of the prompt that this step answers.</summary>
    public KeptBytes StepParent { get; } = new();

    /// <summary>Gets or sets when this step was started, in Unix milliseconds.</summary>
    public long StepCreated { get; set; }

    /// <summary>Makes it a new one.</summary>
    public void Clear()
    {
        Prompt.Clear();
        PromptCreated = 0;
        IsPromptAnswered = false;
        Step.Clear();
        StepParent.Clear();
        StepCreated = 0;
    }
}
