namespace OpencodeOtel.Pipeline.Configuration;

/// <summary>Reads the attributes that are added to what is exported.</summary>
internal static class AttributeReader
{
    private const string PlainAttributes = "OTEL_RESOURCE_ATTRIBUTES";
    private const string PlainService = "OTEL_SERVICE_NAME";
    private const string ServiceName = "service.name";

    /// <summary>Reads a list of attributes.</summary>
    public static KeyValuePair<string, string>[] Read(SettingDefinition definition, SettingSource source)
    {
        if (source.Find(definition) is not { } found)
        {
            source.Note(definition, "none", "default");
            return [];
        }

        KeyValuePair<string, string>[] attributes = KeyValueList.Distinct(KeyValueList.Read(found, source));
        source.Note(definition, Show(attributes), found.Origin);
        return attributes;
    }

    /// <summary>Reads the resource's attributes: the product's own setting, else OpenTelemetry's two variables.</summary>
    public static KeyValuePair<string, string>[] ReadResource(SettingSource source)
    {
        if (source.Find(SettingTable.ResourceAttributes) is not null)
        {
            return Read(SettingTable.ResourceAttributes, source);
        }

        List<(int Position, string Key, string Value)> pairs = [];
        List<string> origins = [];
        if (source.Variable(PlainAttributes) is { } text)
        {
            List<int> bad = [];
            pairs = BaggageList.Read(text, bad);
            if (bad.Count > 0)
            {
                // OpenTelemetry: in case of any error the whole value is discarded.
                source.Warn($"piece {bad[0]} of {PlainAttributes} is not of the form key=value with valid percent escapes, so the variable is ignored");
                pairs.Clear();
            }
            else
            {
                origins.Add(PlainAttributes);
            }
        }

        if (source.Variable(PlainService)?.Trim() is { } service)
        {
            pairs.Add((0, ServiceName, service));
            origins.Add(PlainService);
        }

        KeyValuePair<string, string>[] attributes = KeyValueList.Distinct(pairs);
        source.Note(SettingTable.ResourceAttributes, Show(attributes), origins.Count == 0 ? "default" : string.Join(", ", origins));
        return attributes;
    }

    private static string Show(KeyValuePair<string, string>[] attributes) =>
        attributes.Length == 0 ? "none" : string.Join(",", attributes.Select(attribute => $"{attribute.Key}={attribute.Value}"));
}
