namespace OpencodeOtel.EndToEnd.Live.Opencode;

/// <summary>One answer of a <see cref="ScriptedModel"/>: text and tool calls with their usage, or an HTTP error.</summary>
public sealed record ModelAnswer
{
    /// <summary>Gets the text; empty for none.</summary>
    public string Text { get; init; } = string.Empty;

    /// <summary>Gets the tool calls.</summary>
    public IReadOnlyList<ModelToolCall> Tools { get; init; } = [];

    /// <summary>Gets the tokens that it is said to have used.</summary>
    public ModelUsage Usage { get; init; } = new(900, 10);

    /// <summary>Gets the status of an HTTP error, such as 429, 500 or 401; 0 for a proper answer.</summary>
    public int Status { get; init; }

    /// <summary>Gets the <c>Retry-After</c> of an error, in seconds; <see langword="null"/> for none.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>Gets what the answer waits for after its first words: a model that is slow, or never comes to an end.</summary>
    public Task Until { get; init; } = Task.CompletedTask;

    /// <summary>An answer of text alone.</summary>
    public static ModelAnswer Say(string text) => new() { Text = text };

    /// <summary>An answer that calls one tool.</summary>
    /// <param name="tool">Its name, such as <c>bash</c>.</param>
    /// <param name="arguments">Its arguments, texts alone.</param>
    public static ModelAnswer Call(string tool, params (string Name, string Value)[] arguments) =>
        new() { Tools = [ModelToolCall.Of(tool, arguments)] };

    /// <summary>An HTTP error.</summary>
    public static ModelAnswer Fail(int status, int? retryAfter = null) => new() { Status = status, RetryAfter = retryAfter };
}
