namespace OpencodeOtel.Pipeline.Configuration;

/// <summary>How a setting is written on a command line.</summary>
public enum SettingKind
{
    /// <summary>An option alone switches it on.</summary>
    Flag,

    /// <summary>An option with one value; the last one counts.</summary>
    Value,

    /// <summary>An option that may be given several times.</summary>
    List,
}
