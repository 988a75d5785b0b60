using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Enriching.Texts;

namespace OpencodeOtel.Pipeline.Enriching.State;

/// <summary>An assistant message that is not completed: one step of the model.</summary>
internal sealed class MessageState : WorkState
{
    private PromptState? _prompt;
    private IdHash _promptHash;

    /// <summary>Gets or sets <c>time.created</c> as the event has it; 0 when not said.</summary>
    public long Created { get; set; }

    /// <summary>Gets or sets the agent; <c>unknown</c> at the last.</summary>
    public OtlpString Agent { get; set; }

    /// <summary>Gets or sets the provider.</summary>
    public OtlpString Provider { get; set; }

    /// <summary>Gets or sets the model.</summary>
    public OtlpString Model { get; set; }

    /// <summary>Gets the user message that it answers, while that is known.</summary>
    public PromptState? Prompt => _prompt is { } prompt && prompt.Hash == _promptHash ? prompt : null;

    /// <summary>Gets its text, when content is captured.</summary>
    public TextParts Text { get; } = new();

    /// <summary>Remembers the user message that it answers, which may be forgotten, and its state be another's, before this one ends.</summary>
    public void Answer(PromptState prompt)
    {
        _prompt = prompt;
        _promptHash = prompt.Hash;
    }

    /// <inheritdoc/>
    public override void Clear()
    {
        base.Clear();
        Created = 0;
        _prompt = null;
        _promptHash = default;
        Agent = default;
        Provider = default;
        Model = default;
        Text.Clear();
    }
}
