using System.Text.Json;

namespace OpencodeOtel.Pipeline.Exporting.Terminal;

/// <summary>A series as the console follows it: the total of what was reported, whatever the temporality.</summary>
internal sealed class MetricSeries(string name, string unit, string attributes, bool isHistogram)
{
    private const int Delta = 1;

    private string _start = string.Empty;
    private double _baseSum;
    private double _baseCount;
    private double _sum;
    private double _count;

    /// <summary>Gets the metric's name.</summary>
    public string Name => name;

    /// <summary>Gets the unit.</summary>
    public string Unit => unit;

    /// <summary>Gets the attributes that are shown.</summary>
    public string Attributes => attributes;

    /// <summary>Gets a value indicating whether it is a histogram.</summary>
    public bool IsHistogram => isHistogram;

    /// <summary>Gets the value, or the sum of a histogram.</summary>
    public double Sum => _baseSum + _sum;

    /// <summary>Gets the number of values of a histogram.</summary>
    public double Count => _baseCount + _count;

    /// <summary>Gets the smallest value of a histogram.</summary>
    public double Min { get; private set; } = double.PositiveInfinity;

    /// <summary>Gets the largest value of a histogram.</summary>
    public double Max { get; private set; } = double.NegativeInfinity;

    /// <summary>Takes a point. A delta adds up; a cumulative one replaces the last, unless its series began anew.</summary>
    public void Take(JsonElement point, double temporality)
    {
        string start = point.Member("startTimeUnixNano").ToString();
        if (temporality == Delta || (start != _start && _start.Length > 0))
        {
            _baseSum += _sum;
            _baseCount += _count;
        }

        _start = start;
        _sum = IsHistogram ? point.Number("sum") : (OtlpElements.Number(point.Member("asInt")) ?? point.Number("asDouble"));
        _count = point.Number("count");
        Min = Math.Min(Min, OtlpElements.Number(point.Member("min")) ?? Min);
        Max = Math.Max(Max, OtlpElements.Number(point.Member("max")) ?? Max);
    }
}
