namespace OpencodeOtel.Pipeline.Configuration;

/// <summary>Variables that have a meaning elsewhere and none here: each that is set gets a warning.</summary>
internal static class UnsupportedVariables
{
    private static readonly string[] Own = ["OPENCODE_OTLP_HEADERS_HELPER"];

    /// <summary>Warns of those that are set to something that would change what is done.</summary>
    public static void Warn(SettingSource source)
    {
        foreach (string variable in Own)
        {
            if (source.Variable(variable) is not null)
            {
                source.Warn($"{variable} is not supported yet and is ignored");
            }
        }
    }
}
