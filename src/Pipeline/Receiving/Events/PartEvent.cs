namespace OpencodeOtel.Pipeline.Receiving.Events;

/// <summary><c>properties.part</c> of <c>message.part.updated</c>: which members mean something depends on <see cref="Type"/>. Times are Unix milliseconds; 0 when not said.</summary>
internal readonly ref struct PartEvent
{
    public PartType Type { get; init; }

    public ReadOnlySpan<byte> PartId { get; init; }

    public ReadOnlySpan<byte> MessageId { get; init; }

    public ReadOnlySpan<byte> SessionId { get; init; }

    /// <summary>Gets the text of a text part: a whole snapshot each time.</summary>
    public JsonText Text { get; init; }

    /// <summary>Gets a value indicating whether opencode added the text itself.</summary>
    public bool IsSynthetic { get; init; }

    /// <summary>Gets what stands for a part that is no text in a prompt: <c>filename</c>, else (also if that is empty) <c>url</c>; an agent's <c>name</c>; a subtask's <c>description</c>.</summary>
    public JsonText Label { get; init; }

    /// <summary>Gets the agent of a subtask.</summary>
    public ReadOnlySpan<byte> SubtaskAgent { get; init; }

    /// <summary>Gets the prompt of a subtask.</summary>
    public JsonText SubtaskPrompt { get; init; }

    public ReadOnlySpan<byte> Tool { get; init; }

    public ReadOnlySpan<byte> CallId { get; init; }

    public ToolStatus Status { get; init; }

    /// <summary>Gets <c>state.input</c> as it stands in the event: JSON.</summary>
    public ReadOnlySpan<byte> Input { get; init; }

    /// <summary>Gets <c>state.input.command</c>.</summary>
    public JsonText Command { get; init; }

    public JsonText Output { get; init; }

    public JsonText ToolError { get; init; }

    /// <summary>Gets the exit code in <c>state.metadata.exit</c>; 0 when absent, <see langword="null"/> when it is null.</summary>
    public long? Exit { get; init; }

    /// <summary>Gets the lines of <c>state.metadata.filediff</c>.</summary>
    public LineCounts Lines { get; init; }

    /// <summary>Gets the start: <c>state.time.start</c> of a tool, <c>time.start</c> of a text.</summary>
    public long TimeStart { get; init; }

    /// <summary>Gets the end: <c>state.time.end</c> of a tool, <c>time.end</c> of a text.</summary>
    public long TimeEnd { get; init; }

    /// <summary>Gets the largest time in the event.</summary>
    public long EventTime { get; init; }
}
