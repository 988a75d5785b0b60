using System.Globalization;

namespace OpencodeOtel.Conformance.Items;

/// <summary>The items, from <c>items.tsv</c> beside this file.</summary>
internal static class ItemTable
{
    private const string ResourceName = "items.tsv";
    private const int Columns = 6;

    /// <summary>Gets the titles of the sections, in order.</summary>
    public static IReadOnlyList<(char Letter, string Title)> Sections { get; } =
    [
        ('A', "gRPC transport"),
        ('B', "HTTP transport"),
        ('C', "Partial success"),
        ('D', "Retry, timeout, shutdown, queue"),
        ('E', "Configuration and environment"),
        ('F', "TLS, proxy, sockets"),
        ('G', "Binary encoding"),
        ('H', "JSON encoding"),
        ('I', "Resource, scope, schema"),
        ('J', "Traces"),
        ('K', "Logs"),
        ('L', "Metrics: temporality"),
        ('M', "Metrics: times, resets, gaps"),
        ('N', "Metrics: aggregation"),
        ('O', "Exemplars"),
        ('P', "Observing the exporter"),
    ];

    /// <summary>Reads every row below the head.</summary>
    public static IReadOnlyList<ConformanceItem> Read()
    {
        using Stream stream = typeof(ItemTable).Assembly.GetManifestResourceStream(ResourceName)
            ?? throw new InvalidOperationException($"{ResourceName} is not embedded.");
        using var reader = new StreamReader(stream);
        _ = reader.ReadLine();
        List<ConformanceItem> items = [];
        while (reader.ReadLine() is { } line)
        {
            string[] cells = line.Split('\t');
            if (cells.Length is < Columns - 1 or > Columns)
            {
                throw new InvalidDataException($"{cells.Length} columns: {line}");
            }

            string whyNot = cells.Length == Columns ? cells[^1] : ""; // Editors trim trailing tabs, which are only an empty last column.
            items.Add(new ConformanceItem(int.Parse(cells[0], CultureInfo.InvariantCulture), cells[1][0], cells[2][0], cells[3], cells[4], whyNot));
        }

        return items;
    }
}
