namespace OpencodeOtel.Pipeline.Configuration;

/// <summary>What a command line and an environment say, together.</summary>
/// <param name="Options">The options of a pipeline.</param>
/// <param name="Enabled">Whether telemetry is switched on; commands that are telemetry by nature, such as a replay, need not ask.</param>
/// <param name="Settings">Each setting with its value and origin, in the order of <see cref="SettingTable.All"/>.</param>
/// <param name="Warnings">What was ignored and why, each one sentence without secrets.</param>
public sealed record ResolvedOptions(
    TelemetryOptions Options,
    bool Enabled,
    IReadOnlyList<Setting> Settings,
    IReadOnlyList<string> Warnings);
