namespace OpencodeOtel.Pipeline.Configuration;

/// <summary>Reads switches.</summary>
internal static class FlagReader
{
    private static readonly string[] Negations = ["false", "0", "no", "off"];

    /// <summary>Whether a switch is on: an option, unless followed by <c>false</c>; a variable, whatever its text.</summary>
    public static bool IsOn(FoundValue? found) => found is { } value
        && !(value.FromCommandLine && value.Text.Equals("false", StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether a text reads as "no".</summary>
    public static bool IsNegation(string text) => Negations.Contains(text, StringComparer.OrdinalIgnoreCase);
}
