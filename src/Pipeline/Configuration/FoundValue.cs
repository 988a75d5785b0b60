namespace OpencodeOtel.Pipeline.Configuration;

/// <summary>A value of a setting, and who gave it.</summary>
/// <param name="Texts">The values as written; one, unless an option was repeated.</param>
/// <param name="Origin">The option or variable, by name.</param>
/// <param name="FromCommandLine">Whether a person typed it: then a bad one is an error, where a variable's is a warning.</param>
internal readonly record struct FoundValue(IReadOnlyList<string> Texts, string Origin, bool FromCommandLine)
{
    /// <summary>Gets the value that counts, trimmed; empty when an option stands alone.</summary>
    public string Text => Texts.Count == 0 ? string.Empty : Texts[^1].Trim();

    /// <summary>Gets all pieces of comma lists, trimmed, without empty ones.</summary>
    public IEnumerable<string> Pieces => Texts.SelectMany(text => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
}
