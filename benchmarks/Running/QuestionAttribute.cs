namespace OpencodeOtel.Benchmarks.Running;

/// <summary>What a class of benchmarks asks, and what its rows include.</summary>
/// <param name="text">The question.</param>
/// <param name="item">What one operation is: a span, a log record, an event.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class QuestionAttribute(string text, string item) : Attribute
{
    /// <summary>Gets the question.</summary>
    public string Text { get; } = text;

    /// <summary>Gets what one operation is.</summary>
    public string Item { get; } = item;

    /// <summary>Gets what each row includes and leaves out.</summary>
    public required string Includes { get; init; }
}
