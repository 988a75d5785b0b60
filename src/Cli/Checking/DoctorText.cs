using System.Globalization;
using System.Text;
using OpencodeOtel.Cli.Reporting;
using OpencodeOtel.Pipeline.Checking;
using OpencodeOtel.Pipeline.Configuration;

namespace OpencodeOtel.Cli.Checking;

/// <summary>What <c>doctor</c> prints for people.</summary>
/// <param name="colour">Whether escape sequences for colour are understood.</param>
internal sealed class DoctorText(bool colour)
{
    private const string Indent = "  ";
    private const string Green = "\u001b[32m";
    private const string Red = "\u001b[1;31m";
    private const string Grey = "\u001b[90m";
    private const string Plain = "\u001b[0m";
    private const string SdkSwitch = "OTEL_SDK_DISABLED";

    // A value that is longer pushes its own origin aside, not everybody's.
    private const int WidestValue = 40;

    // As long as "metrics accepted", and as the address that it has on this machine; longer ones push their own detail aside.
    private const int CheckWidth = 16;
    private const int TargetWidth = 32;
    private static readonly int MarkWidth = Enum.GetValues<CheckStatus>().Max(status => MarkOf(status).Length);

    private readonly HashSet<string> _hints = [];

    /// <summary>The settings, a table, and whether telemetry is on.</summary>
    public static string Settings(ResolvedOptions resolved)
    {
        StringBuilder text = new("Settings\n");
        int name = resolved.Settings.Max(setting => setting.Name.Length);
        int value = resolved.Settings.Select(setting => setting.Value.Length).Where(length => length <= WidestValue).DefaultIfEmpty(0).Max();
        foreach (Setting setting in resolved.Settings)
        {
            text.Append(Indent).Append(setting.Name.PadRight(name)).Append(Indent).Append(setting.Value.PadRight(value)).Append(Indent).Append(setting.Origin).Append('\n');
        }

        return text.Append('\n').Append(Switch(resolved)).Append('\n').ToString();
    }

    /// <summary>What stands above the checks.</summary>
    public static string Head() => "\nChecks\n";

    /// <summary>One check, a line; a hint below it, unless it was given before.</summary>
    public string Line(CheckResult result)
    {
        string mark = MarkOf(result.Status).PadRight(MarkWidth);
        StringBuilder text = new(Indent);
        text.Append(colour ? $"{ColourOf(result.Status)}{mark}{Plain}" : mark)
            .Append(Indent).Append(result.Check.PadRight(CheckWidth))
            .Append(Indent).Append(result.Target.PadRight(TargetWidth))
            .Append(Indent).Append(result.Detail).Append('\n');
        if (result.Hint is { } hint && _hints.Add(hint))
        {
            text.Append(' ', 2 * Indent.Length + MarkWidth).Append("→ ").Append(hint).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>The last line.</summary>
    public static string Sum(IReadOnlyList<CheckResult> results)
    {
        return string.Create(
            CultureInfo.InvariantCulture,
            $"\n{Wording.Count(results.Count, "check")}, {Of(CheckStatus.Ok)} ok, {Of(CheckStatus.Failed)} failed, {Of(CheckStatus.Skipped)} skipped\n");

        int Of(CheckStatus status) => results.Count(result => result.Status == status);
    }

    /// <summary>Whether telemetry is on, and what switches it on.</summary>
    private static string Switch(ResolvedOptions resolved) =>
        resolved.Enabled ? "Telemetry is on."
        : resolved.Settings.Any(setting => setting.Origin == SdkSwitch) ? $"Telemetry is off: {SdkSwitch} is true, which only --enable beats. replay needs neither."
        : "Telemetry is off: set OPENCODE_ENABLE_TELEMETRY=1 or give --enable to switch it on. replay needs neither.";

    private static string MarkOf(CheckStatus status) => status switch
    {
        CheckStatus.Ok => "ok",
        CheckStatus.Failed => "FAILED",
        _ => "skipped",
    };

    private static string ColourOf(CheckStatus status) => status switch
    {
        CheckStatus.Ok => Green,
        CheckStatus.Failed => Red,
        _ => Grey,
    };
}
