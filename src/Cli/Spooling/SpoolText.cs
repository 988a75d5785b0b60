using System.Globalization;
using System.Text;
using OpencodeOtel.Cli.Reporting;
using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Diagnostics;
using OpencodeOtel.Pipeline.Exporting;
using OpencodeOtel.Pipeline.Spooling;

namespace OpencodeOtel.Cli.Spooling;

/// <summary>What the commands for the spool print.</summary>
internal static class SpoolText
{
    private static readonly string[] Heads = ["destination", "signal", "requests", "records", "size", "oldest"];

    /// <summary>What waits, a table with a line for each destination and signal.</summary>
    public static string List(string directory, SpoolContents contents)
    {
        StringBuilder text = new();
        if (contents.Entries.Count == 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"Nothing waits in {directory}.\n");
        }
        else
        {
            AppendTable(text, [Heads, .. contents.Entries.Select(Cells)]);
        }

        AppendDamage(text, contents.Damage);
        if (contents.LogsInUse > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"{Wording.Count(contents.LogsInUse, "running process", "running processes")} may be sending some of it.\n");
        }

        if (contents.LogsOfLaterVersion > 0)
        {
            text.Append("A later version of this program has written here, too; that part is not shown.\n");
        }

        AppendUnreadable(text, contents);

        return text.ToString();
    }

    /// <summary>What was dropped.</summary>
    public static string Purged(SpoolPurged purged)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"Dropped {Wording.Count(purged.Requests, "request")} with {Wording.Count(purged.Items, "record")}.\n");
        AppendDamage(text, purged.Damage);
        if (purged.LogsLeft > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"Left alone {Wording.Count(purged.LogsLeft, "log")} that a running process or a later version of this program holds, or that cannot be used.\n");
        }

        return text.ToString();
    }

    /// <summary>What a flush has sent, and what it has left.</summary>
    public static string Flushed(SpoolReport report, SpoolContents left)
    {
        StringBuilder text = new("opencode-otel: spool: ");
        text.Append(Fates(report) is { Length: > 0 } fates ? fates : "nothing sent").Append('\n');
        AppendDamage(text, report.Damage);
        AppendUnreadable(text, left);
        foreach (SpoolEntry entry in left.Entries)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {Wording.Count(entry.Requests, "request")} with {Wording.Count(entry.Items, "record")} still wait for {entry.Destination}\n");
        }

        return text.ToString();
    }

    /// <summary>What became of records of earlier processes, in a few words; empty if nothing did.</summary>
    public static string Fates(SpoolReport report) => string.Join(
        ", ",
        Enum.GetValues<Fate>().Where(fate => report[fate] > 0).Select(fate => string.Create(CultureInfo.InvariantCulture, $"{report[fate]:N0} {Wording.Of(fate)}")));

    private static string[] Cells(SpoolEntry entry) =>
    [
        entry.Destination,
        entry.Signal switch
        {
            Signal.Traces => "spans",
            Signal.Metrics => "metrics",
            _ => "logs",
        },
        entry.Requests.ToString("N0", CultureInfo.InvariantCulture),
        entry.Items.ToString("N0", CultureInfo.InvariantCulture),
        Wording.Size(entry.Bytes),
        entry.Oldest.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
    ];

    private static void AppendTable(StringBuilder text, IReadOnlyList<string[]> rows)
    {
        int[] widths = [.. Enumerable.Range(0, Heads.Length).Select(column => rows.Max(row => row[column].Length))];
        foreach (string[] row in rows)
        {
            IEnumerable<string> cells = row.Index().Select(cell => IsText(cell.Index) ? cell.Item.PadRight(widths[cell.Index]) : cell.Item.PadLeft(widths[cell.Index]));
            text.Append(string.Join("  ", cells).TrimEnd()).Append('\n');
        }
    }

    // Destination, signal and time; the others are numbers.
    private static bool IsText(int column) => column is 0 or 1 or 5;

    private static void AppendUnreadable(StringBuilder text, SpoolContents contents)
    {
        if (contents.LogsUnreadable > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"{Wording.Count(contents.LogsUnreadable, "log")} cannot be read, such as those of other users; what is in there is not shown.\n");
        }
    }

    private static void AppendDamage(StringBuilder text, SpoolDamage damage)
    {
        if (!damage.IsNone)
        {
            text.Append("Damaged: ").Append(Wording.Of(damage)).Append(".\n");
        }
    }
}
