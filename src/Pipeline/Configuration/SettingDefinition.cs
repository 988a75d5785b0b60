namespace OpencodeOtel.Pipeline.Configuration;

/// <summary>One thing that can be set: the single source of its option, its variable and its help.</summary>
/// <param name="Option">The option of the command line, with its dashes.</param>
/// <param name="Variable">The environment variable; <see langword="null"/> for none.</param>
/// <param name="Kind">How the option is written.</param>
/// <param name="Argument">What stands for the value in help; empty for a flag.</param>
/// <param name="Description">What it does and its default, for help.</param>
public sealed record SettingDefinition(string Option, string? Variable, SettingKind Kind, string Argument, string Description)
{
    /// <summary>Gets a value indicating whether values may be secret: they are never shown, and <c>@file</c> reads them from a file.</summary>
    public bool IsSecret { get; init; }
}
