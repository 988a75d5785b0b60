namespace OpencodeOtel.Pipeline.Exporting.Terminal;

/// <summary>Colours a text, where colour is understood.</summary>
internal sealed class Style(bool colour)
{
    /// <summary>What matters less.</summary>
    public string Dim(string text) => Wrap(text, "2");

    /// <summary>What matters more.</summary>
    public string Bold(string text) => Wrap(text, "1");

    /// <summary>What failed.</summary>
    public string Bad(string text) => Wrap(text, "31");

    /// <summary>What went well.</summary>
    public string Good(string text) => Wrap(text, "32");

    /// <summary>What is named.</summary>
    public string Name(string text) => Wrap(text, "36");

    private string Wrap(string text, string code) => colour && text.Length > 0 ? $"\u001b[{code}m{text}\u001b[0m" : text;
}
