namespace OpencodeOtel.Cli.Commands;

/// <summary>How a run reports and what it exits with.</summary>
/// <param name="JsonReport">Whether the account is JSON.</param>
/// <param name="ReportFile">Where the account goes; <see langword="null"/> for standard error.</param>
/// <param name="Quiet">Whether nothing but errors is printed.</param>
/// <param name="Verbose">Whether everything is printed.</param>
/// <param name="Strict">Whether a loss is an exit code.</param>
internal sealed record RunChoices(bool JsonReport, string? ReportFile, bool Quiet, bool Verbose, bool Strict);
