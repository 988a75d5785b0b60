using System.Text.Json;

namespace OpencodeOtel.Pipeline.Exporting.Terminal;

/// <summary>Follows all series and writes a table of them at the end, the sessions added up.</summary>
/// <remarks>At most 10,000 series are followed; points of further ones are counted and left out.</remarks>
internal sealed class MetricTable(TextWriter writer, Style style)
{
    private const int MaxSeries = 10_000;
    private static readonly HashSet<string> LeftOut = ["session.id", "project.id"];

    private readonly OrderedDictionary<string, MetricSeries> _series = new(StringComparer.Ordinal);
    private long _leftOut;

    /// <summary>Takes the points of a request.</summary>
    public void Take(JsonElement request)
    {
        foreach (JsonElement metric in OtlpElements.Records(request, "resourceMetrics", "scopeMetrics", "metrics"))
        {
            foreach (string kind in (string[])["sum", "gauge", "histogram", "exponentialHistogram"])
            {
                JsonElement data = metric.Member(kind);
                double temporality = data.Number("aggregationTemporality");
                foreach (JsonElement point in data.Items("dataPoints"))
                {
                    Take(metric, point, temporality, isHistogram: kind is "histogram" or "exponentialHistogram");
                }
            }
        }
    }

    /// <summary>Writes the table; nothing if there was no point.</summary>
    public void Write()
    {
        if (_series.Count == 0)
        {
            return;
        }

        string[][] rows =
        [
            .. _series.Values
                .GroupBy(series => (series.Name, series.Attributes, series.Unit, series.IsHistogram))
                .OrderBy(group => group.Key.Name, StringComparer.Ordinal)
                .ThenBy(group => group.Key.Attributes, StringComparer.Ordinal)
                .Select(group => (string[])[group.Key.Name, group.Key.Attributes, Value([.. group])]),
        ];
        int nameWidth = rows.Max(row => row[0].Length);
        int attributesWidth = rows.Max(row => row[1].Length);
        int valueWidth = rows.Where(row => !row[2].Contains("  ", StringComparison.Ordinal)).Select(row => row[2].Length).DefaultIfEmpty().Max();
        writer.WriteLine(style.Bold("metrics"));
        string before = string.Empty;
        foreach (string[] row in rows)
        {
            string name = row[0] == before ? string.Empty : row[0]; // A name is said once.
            before = row[0];
            writer.WriteLine($"  {style.Name(name.PadRight(nameWidth))}  {style.Dim(row[1].PadRight(attributesWidth))}  {row[2].PadLeft(valueWidth)}");
        }

        if (_leftOut > 0)
        {
            writer.WriteLine(style.Dim($"  and {Show.Number(_leftOut)} points of further series"));
        }
    }

    private void Take(JsonElement metric, JsonElement point, double temporality, bool isHistogram)
    {
        string name = metric.String("name");
        OrderedDictionary<string, AttributeText> attributes = point.Attributes();
        string key = $"{name}\n{string.Join('\n', attributes.OrderBy(attribute => attribute.Key, StringComparer.Ordinal).Select(attribute => $"{attribute.Key}={attribute.Value.Text}"))}";
        if (!_series.TryGetValue(key, out MetricSeries? series))
        {
            if (_series.Count >= MaxSeries)
            {
                _leftOut++;
                return;
            }

            series = new MetricSeries(Show.Text(name), metric.String("unit"), AttributeLine.Write(attributes, LeftOut), isHistogram);
            _series.Add(key, series);
        }

        series.Take(point, temporality);
    }

    private static string Value(MetricSeries[] series)
    {
        string unit = series[0].Unit;
        double sum = series.Sum(one => one.Sum);
        if (!series[0].IsHistogram)
        {
            return Show.WithUnit(sum, unit);
        }

        double count = series.Sum(one => one.Count);
        return count == 0 ? "none"
            : count == 1 ? $"1 ×  {Show.WithUnit(sum, unit)}"
            : $"{Show.Number(count)} ×  mean {Show.WithUnit(sum / count, unit)}  from {Show.WithUnit(series.Min(one => one.Min), unit)} to {Show.WithUnit(series.Max(one => one.Max), unit)}";
    }
}
