namespace OpencodeOtel.Pipeline.Configuration;

/// <summary>Reads what commands for the spool are told.</summary>
public static class SpoolSettings
{
    /// <summary>Reads an age: <c>90s</c>, <c>12h</c>, <c>7d</c>, or an integer of milliseconds.</summary>
    public static bool TryParseAge(string text, out TimeSpan age) => SpoolReader.TryParse(text, out age);
}
