namespace OpencodeOtel.Pipeline.Configuration;

/// <summary>A setting as resolved, to be shown to a person.</summary>
/// <param name="Name">The option's name without dashes; followed by the signal in brackets where signals differ.</param>
/// <param name="Value">The value; secrets are <c>***</c>.</param>
/// <param name="Origin">Where it came from: an option, a variable, or <c>default</c>.</param>
public sealed record Setting(string Name, string Value, string Origin);
