using OpencodeOtel.Otlp.Model;

namespace OpencodeOtel.Pipeline.Aggregating;

/// <summary>The numbers that may enter sums, histograms and gauges of doubles.</summary>
internal static class FiniteNumber
{
    /// <summary>Gets a value as a double, unless it is missing, infinite or NaN.</summary>
    public static bool TryGet(NumberValue value, out double number)
    {
        number = value.Kind == NumberKind.Int ? value.Int : value.Double;
        return value.Kind != NumberKind.None && double.IsFinite(number);
    }

    /// <summary>Adds finite numbers; a sum that would be infinite is the largest double, which no backend refuses.</summary>
    public static double Add(double left, double right) => Math.Clamp(left + right, double.MinValue, double.MaxValue);
}
