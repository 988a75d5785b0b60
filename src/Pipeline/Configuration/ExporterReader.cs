namespace OpencodeOtel.Pipeline.Configuration;

/// <summary>Reads which exporters there are.</summary>
internal static class ExporterReader
{
    private const string FilePrefix = "file:";

    /// <summary>Reads the exporters, by default one for OTLP.</summary>
    /// <exception cref="ConfigurationException">One is unknown, given twice, or cannot be set up.</exception>
    public static IReadOnlyList<ExporterOptions> Read(SettingSource source)
    {
        FoundValue? found = source.Find(SettingTable.Exporter);
        string? console = found is null ? PlainExporters.ConsoleOrigin(source) : null;
        IReadOnlyList<string> names = found is { Texts.Count: > 0 } ? found.Value.Texts : [console is null ? "otlp" : "console"];
        source.Note(SettingTable.Exporter, string.Join(", ", names), found?.Origin ?? console ?? "default");
        List<ExporterOptions> exporters = [];
        foreach (string name in names.Select(text => text.Trim()))
        {
            if (exporters.Exists(exporter => exporter.Name == name))
            {
                throw new ConfigurationException($"--exporter {ShownText.Of(name)} is given twice");
            }

            exporters.Add(ReadOne(name, source));
        }

        return exporters;
    }

    private static ExporterOptions ReadOne(string name, SettingSource source)
    {
        if (name.StartsWith(FilePrefix, StringComparison.Ordinal) && name.Length > FilePrefix.Length)
        {
            return new ExporterOptions { Kind = ExporterKind.File, Name = name, Directory = name[FilePrefix.Length..] };
        }

        return name switch
        {
            "otlp" => new OtlpReader(source).Read(name),
            "console" => new ExporterOptions { Kind = ExporterKind.Console, Name = name },
            "none" => new ExporterOptions { Kind = ExporterKind.None, Name = name },
            _ => throw new ConfigurationException($"--exporter is '{ShownText.Of(name)}'; it must be otlp, console, file:DIR or none"),
        };
    }
}
