namespace OpencodeOtel.Pipeline.Tests.Replaying;

/// <summary>A row of <c>docs/event-mapping.md</c>.</summary>
/// <param name="Event">The type of the event, and in brackets which kind of it.</param>
/// <param name="Adds">What an event of it adds: <c>metric</c>, <c>log</c> or <c>span</c> and its name, sorted.</param>
/// <param name="IsUsed">Whether anything becomes of it.</param>
internal sealed record MappingRow(string Event, IReadOnlyList<string> Adds, bool IsUsed)
{
    /// <summary>Gets the type without the kind.</summary>
    public string Type => Event.Split(" [")[0];

    /// <summary>Reads all tables of the page.</summary>
    public static IReadOnlyList<MappingRow> ReadAll(string path)
    {
        List<MappingRow> rows = [];
        bool isUsed = true;
        foreach (string line in File.ReadLines(path))
        {
            isUsed &= line != "## What nothing becomes of";
            if (line.StartsWith("| `", StringComparison.Ordinal))
            {
                string[] cells = [.. line.Split('|')[1..^1].Select(cell => cell.Trim())];
                string[] adds = isUsed ? [.. Names("metric", cells[1]), .. Names("log", cells[2]), .. Names("span", cells[3])] : [];
                rows.Add(new MappingRow(cells[0].Trim('`'), [.. adds.Order(StringComparer.Ordinal)], isUsed));
            }
        }

        return rows;
    }

    private static IEnumerable<string> Names(string kind, string cell) =>
        cell.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(name => $"{kind} {name.Trim('`')}");
}
