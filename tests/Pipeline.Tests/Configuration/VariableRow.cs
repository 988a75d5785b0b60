namespace OpencodeOtel.Pipeline.Tests.Configuration;

/// <summary>One variable of the product. What is shown is the text itself, unless said otherwise.</summary>
internal sealed record VariableRow(string Variable, string Option, string Default)
{
    public string Text { get; init; } = "";

    public string? Shown { get; init; }

    public string Typed { get; init; } = "";

    public string? TypedShown { get; init; }

    /// <summary>OpenTelemetry's variable with a text; empty for none.</summary>
    public string Fallback { get; init; } = "";

    public string? FallbackShown { get; init; }

    public string Bad { get; init; } = "";

    /// <summary>What the error says of the bad text, if it is one.</summary>
    public string? Error { get; init; }

    /// <summary>What the warning says of the bad text, if it is one.</summary>
    public string? Warning { get; init; }
}
