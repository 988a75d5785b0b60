using System.Globalization;

namespace OpencodeOtel.Pipeline.Configuration;

/// <summary>Reads the limits of spans and log records: the signal's own variable, then the one for all attributes.</summary>
internal static class LimitReader
{
    private const string AnyCount = "OTEL_ATTRIBUTE_COUNT_LIMIT";
    private const string AnyLength = "OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT";

    /// <summary>Reads all of them.</summary>
    /// <exception cref="ConfigurationException">One that was typed is no number.</exception>
    public static SignalLimits Read(SettingSource source)
    {
        SignalLimits defaults = new();
        return new SignalLimits
        {
            SpanAttributes = ReadOne(source, SettingTable.SpanAttributeLimit, defaults.SpanAttributes, "OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT", AnyCount),
            SpanValueLength = ReadOne(source, SettingTable.SpanValueLimit, defaults.SpanValueLength, "OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT", AnyLength),
            SpanEvents = ReadOne(source, SettingTable.SpanEventLimit, defaults.SpanEvents, "OTEL_SPAN_EVENT_COUNT_LIMIT"),
            SpanLinks = ReadOne(source, SettingTable.SpanLinkLimit, defaults.SpanLinks, "OTEL_SPAN_LINK_COUNT_LIMIT"),
            EventAttributes = ReadOne(source, SettingTable.EventAttributeLimit, defaults.EventAttributes, "OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT"),
            LinkAttributes = ReadOne(source, SettingTable.LinkAttributeLimit, defaults.LinkAttributes, "OTEL_LINK_ATTRIBUTE_COUNT_LIMIT"),
            LogAttributes = ReadOne(source, SettingTable.LogAttributeLimit, defaults.LogAttributes, "OTEL_LOGRECORD_ATTRIBUTE_COUNT_LIMIT", AnyCount),
            LogValueLength = ReadOne(source, SettingTable.LogValueLimit, defaults.LogValueLength, "OTEL_LOGRECORD_ATTRIBUTE_VALUE_LENGTH_LIMIT", AnyLength),
        };
    }

    private static int ReadOne(SettingSource source, SettingDefinition definition, int fallback, params string[] variables)
    {
        (int value, string origin) = source.Read(
            definition,
            fallback,
            (FoundValue found, out int number) => int.TryParse(found.Text, NumberStyles.None, CultureInfo.InvariantCulture, out number),
            string.Create(CultureInfo.InvariantCulture, $"an integer from 0 to {int.MaxValue}"),
            variables);
        source.Note(definition, value == SignalLimits.NoLimit ? "no limit" : value.ToString(CultureInfo.InvariantCulture), origin);
        return value;
    }
}
