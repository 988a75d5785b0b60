using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Enriching.Texts;

namespace OpencodeOtel.Pipeline.Enriching.State;

/// <summary>A user message.</summary>
internal sealed class PromptState : Aged
{
    /// <summary>Gets or sets the session.</summary>
    public SessionState? Session { get; set; }

    /// <summary>Gets or sets the run that it started or joined; <see langword="null"/> for one whose run was missed.</summary>
    public RunState? Run { get; set; }

    /// <summary>Gets or sets a value indicating whether the message itself was seen, not only an answer to it.</summary>
    public bool IsSeen { get; set; }

    /// <summary>Gets or sets <c>time.created</c>, in Unix milliseconds; 0 when not said.</summary>
    public long Created { get; set; }

    /// <summary>Gets or sets the agent that it asks; empty when not said.</summary>
    public OtlpString Agent { get; set; }

    /// <summary>Gets or sets the provider that it asks; empty when not said.</summary>
    public OtlpString Provider { get; set; }

    /// <summary>Gets or sets the model that it asks; empty when not said.</summary>
    public OtlpString Model { get; set; }

    /// <summary>Gets or sets its share of the session's lines.</summary>
    public LinePair Lines { get; set; }

    /// <summary>Gets or sets a value indicating whether its record is still to be made.</summary>
    public bool IsPending { get; set; }

    /// <summary>Gets its text.</summary>
    public TextParts Text { get; } = new();

    /// <summary>Forgets everything, for use as another.</summary>
    public void Clear()
    {
        Hash = default;
        Session = null;
        Run = null;
        IsSeen = false;
        Created = 0;
        Agent = default;
        Provider = default;
        Model = default;
        Lines = default;
        IsPending = false;
        Text.Clear();
    }
}
