namespace OpencodeOtel.Conformance.Schema;

/// <summary>The table of the OTLP v1 schema at 1.11.0, kept apart from proto/ so that neither can drift alone.</summary>
internal static class SchemaTable
{
    private const string ResourceName = "otlp-fields.tsv";
    private const int Columns = 11;

    /// <summary>Reads every row below the head, in the order of the table.</summary>
    public static IReadOnlyList<SchemaRow> Read()
    {
        using Stream stream = typeof(SchemaTable).Assembly.GetManifestResourceStream(ResourceName)
            ?? throw new InvalidOperationException($"{ResourceName} is not embedded.");
        using var reader = new StreamReader(stream);
        _ = reader.ReadLine();
        var rows = new List<SchemaRow>();
        while (reader.ReadLine() is { } line)
        {
            rows.Add(Parse(line));
        }

        return rows;
    }

    private static SchemaRow Parse(string line)
    {
        string[] cells = line.Split('\t');
        if (cells.Length > Columns)
        {
            throw new InvalidDataException($"{cells.Length} columns instead of {Columns}: {line}");
        }

        // Editors trim trailing tabs, which are only empty last columns.
        string Cell(int column) => column < cells.Length ? cells[column] : "";
        return new SchemaRow(
            Cell(0), Cell(1), Cell(2), Cell(3), Cell(4), Cell(5), Cell(6), Cell(7), Cell(8), Cell(9), Cell(10));
    }
}
