using CsCheck;
using OpenTelemetry.Proto.Metrics.V1;

namespace OpencodeOtel.Otlp.Tests.Random;

/// <summary>Random points of every kind of metric.</summary>
internal static class RandomPoints
{
    public static readonly Gen<NumberDataPoint> Number =
        from attributes in RandomValues.Attributes
        from times in RandomValues.Time.Array[2]
        from kind in Gen.Int[0, 2]
        from integer in RandomValues.Integer
        from real in RandomValues.Real
        from exemplars in Exemplar.Array[0, 2]
        from flags in RandomValues.Count
        select With(kind, integer, real, new NumberDataPoint
        {
            Attributes = { attributes },
            StartTimeUnixNano = times[0],
            TimeUnixNano = times[1],
            Exemplars = { exemplars },
            Flags = flags,
        });

    public static readonly Gen<HistogramDataPoint> Histogram =
        from attributes in RandomValues.Attributes
        from numbers in RandomValues.Time.Array[3]
        from buckets in RandomValues.Time.Array[0, 20]
        from bounds in RandomValues.Real.Array[0, 20]
        from exemplars in Exemplar.Array[0, 2]
        from flags in RandomValues.Count
        from optional in Optional.Array[3]
        select With(optional, new HistogramDataPoint
        {
            Attributes = { attributes },
            StartTimeUnixNano = numbers[0],
            TimeUnixNano = numbers[1],
            Count = numbers[2],
            BucketCounts = { buckets },
            ExplicitBounds = { bounds },
            Exemplars = { exemplars },
            Flags = flags,
        });

    public static readonly Gen<ExponentialHistogramDataPoint> Exponential =
        from attributes in RandomValues.Attributes
        from numbers in RandomValues.Time.Array[4]
        from scale in Gen.OneOf(Gen.Int[-20, 20], Gen.Int)
        from halves in Buckets.Array[2]
        from exemplars in Exemplar.Array[0, 2]
        from flags in RandomValues.Count
        from optional in Optional.Array[3]
        from threshold in RandomValues.Real
        select With(optional, new ExponentialHistogramDataPoint
        {
            Attributes = { attributes },
            StartTimeUnixNano = numbers[0],
            TimeUnixNano = numbers[1],
            Count = numbers[2],
            ZeroCount = numbers[3],
            Scale = scale,
            Positive = halves[0],
            Negative = halves[1],
            Exemplars = { exemplars },
            Flags = flags,
            ZeroThreshold = threshold,
        });

    public static readonly Gen<SummaryDataPoint> Summary =
        from attributes in RandomValues.Attributes
        from numbers in RandomValues.Time.Array[3]
        from sum in RandomValues.Real
        from quantiles in Gen.Select(RandomValues.Real, RandomValues.Real).Array[0, 4]
        from flags in RandomValues.Count
        select new SummaryDataPoint
        {
            Attributes = { attributes },
            StartTimeUnixNano = numbers[0],
            TimeUnixNano = numbers[1],
            Count = numbers[2],
            Sum = sum,
            QuantileValues = { quantiles.Select(pair => new SummaryDataPoint.Types.ValueAtQuantile { Quantile = pair.Item1, Value = pair.Item2 }) },
            Flags = flags,
        };

    private static Gen<double?> Optional =>
        Gen.Frequency((1, Gen.Const((double?)null)), (2, RandomValues.Real.Select(value => (double?)value)));

    private static Gen<ExponentialHistogramDataPoint.Types.Buckets?> Buckets =>
        from present in Gen.Bool
        from offset in Gen.OneOf(Gen.Int[-200, 200], Gen.Int)
        from counts in RandomValues.Time.Array[0, 30]
        select present ? new ExponentialHistogramDataPoint.Types.Buckets { Offset = offset, BucketCounts = { counts } } : null;

    private static Gen<Exemplar> Exemplar =>
        from attributes in RandomValues.Attributes
        from time in RandomValues.Time
        from kind in Gen.Int[0, 2]
        from integer in RandomValues.Integer
        from real in RandomValues.Real
        from trace in RandomValues.TraceId
        from span in RandomValues.SpanId
        select With(kind, integer, real, new Exemplar { FilteredAttributes = { attributes }, TimeUnixNano = time, TraceId = trace, SpanId = span });

    private static NumberDataPoint With(int kind, long integer, double real, NumberDataPoint point)
    {
        if (kind == 1)
        {
            point.AsInt = integer;
        }
        else if (kind == 2)
        {
            point.AsDouble = real;
        }

        return point;
    }

    private static Exemplar With(int kind, long integer, double real, Exemplar exemplar)
    {
        if (kind == 1)
        {
            exemplar.AsInt = integer;
        }
        else if (kind == 2)
        {
            exemplar.AsDouble = real;
        }

        return exemplar;
    }

    private static HistogramDataPoint With(double?[] optional, HistogramDataPoint point)
    {
        if (optional[0] is { } sum)
        {
            point.Sum = sum;
        }

        if (optional[1] is { } min)
        {
            point.Min = min;
        }

        if (optional[2] is { } max)
        {
            point.Max = max;
        }

        return point;
    }

    private static ExponentialHistogramDataPoint With(double?[] optional, ExponentialHistogramDataPoint point)
    {
        if (optional[0] is { } sum)
        {
            point.Sum = sum;
        }

        if (optional[1] is { } min)
        {
            point.Min = min;
        }

        if (optional[2] is { } max)
        {
            point.Max = max;
        }

        return point;
    }
}
