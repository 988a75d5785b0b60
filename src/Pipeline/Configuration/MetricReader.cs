using System.Globalization;

namespace OpencodeOtel.Pipeline.Configuration;

/// <summary>Reads how metrics are aggregated, apart from their temporality.</summary>
internal static class MetricReader
{
    /// <summary>Reads how histograms count.</summary>
    public static HistogramAggregation ReadHistograms(SettingSource source)
    {
        (HistogramAggregation value, string origin) = source.Read(
            SettingTable.HistogramAggregation,
            HistogramAggregation.ExplicitBuckets,
            (FoundValue found, out HistogramAggregation aggregation) =>
            {
                aggregation = found.Text.Equals("base2_exponential_bucket_histogram", StringComparison.OrdinalIgnoreCase)
                    ? HistogramAggregation.Exponential
                    : HistogramAggregation.ExplicitBuckets;
                return aggregation == HistogramAggregation.Exponential
                    || found.Text.Equals("explicit_bucket_histogram", StringComparison.OrdinalIgnoreCase);
            },
            "explicit_bucket_histogram or base2_exponential_bucket_histogram",
            "OTEL_EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION");
        source.Note(
            SettingTable.HistogramAggregation,
            value == HistogramAggregation.Exponential ? "base2_exponential_bucket_histogram" : "explicit_bucket_histogram",
            origin);
        return value;
    }

    /// <summary>Reads which measurements may become exemplars.</summary>
    public static ExemplarFilter ReadExemplars(SettingSource source)
    {
        (ExemplarFilter value, string origin) = source.Read(
            SettingTable.Exemplars,
            ExemplarFilter.TraceBased,
            (FoundValue found, out ExemplarFilter filter) =>
            {
                ExemplarFilter? read = found.Text.ToLowerInvariant() switch
                {
                    "trace_based" => ExemplarFilter.TraceBased,
                    "always_on" => ExemplarFilter.AlwaysOn,
                    "always_off" => ExemplarFilter.AlwaysOff,
                    _ => null,
                };
                filter = read.GetValueOrDefault();
                return read is not null;
            },
            "trace_based, always_on or always_off",
            "OTEL_METRICS_EXEMPLAR_FILTER");
        source.Note(
            SettingTable.Exemplars,
            value switch { ExemplarFilter.AlwaysOn => "always_on", ExemplarFilter.AlwaysOff => "always_off", _ => "trace_based" },
            origin);
        return value;
    }

    /// <summary>Reads the limits of single metrics, by their names without prefix.</summary>
    public static IReadOnlyDictionary<string, int> ReadLimits(SettingSource source)
    {
        FoundValue? found = source.Find(SettingTable.MetricCardinalityLimit);
        Dictionary<string, int> limits = new(StringComparer.Ordinal);
        foreach (string piece in found?.Pieces ?? [])
        {
            string[] parts = piece.Split('=', 2, StringSplitOptions.TrimEntries);
            if (parts.Length != 2
                || !MetricSuffixes.All.Contains(parts[0])
                || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int limit)
                || limit < 1)
            {
                throw new ConfigurationException(
                    $"{found?.Origin} has '{ShownText.Of(piece)}'; it must be the name of a metric without prefix, and an integer from 1, such as tool.duration=500");
            }

            limits[parts[0]] = limit;
        }

        string shown = limits.Count == 0 ? "none" : string.Join(",", limits.Select(limit => $"{limit.Key}={limit.Value}"));
        source.Note(SettingTable.MetricCardinalityLimit, shown, found?.Origin ?? "default");
        return limits;
    }
}
