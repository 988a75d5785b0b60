using CsCheck;
using OpenTelemetry.Proto.Collector.Metrics.V1;
using OpenTelemetry.Proto.Metrics.V1;

namespace OpencodeOtel.Otlp.Tests.Random;

/// <summary>Random metrics requests as the generated classes hold them; every metric has a point.</summary>
internal static class RandomMetrics
{
    public static readonly Gen<Metric> Metric =
        from texts in RandomValues.Text.Array[3]
        from metadata in RandomValues.Attributes
        from data in Data
        select new Metric(data) { Name = texts[0], Description = texts[1], Unit = texts[2], Metadata = { metadata } };

    public static readonly Gen<ExportMetricsServiceRequest> Request =
        from resource in RandomValues.Resource
        from scope in RandomValues.Scope
        from metrics in Metric.Array[1, 4]
        from schema in RandomValues.Text.Array[2]
        select new ExportMetricsServiceRequest
        {
            ResourceMetrics =
            {
                new ResourceMetrics
                {
                    Resource = resource,
                    SchemaUrl = schema[0],
                    ScopeMetrics = { new ScopeMetrics { Scope = scope, SchemaUrl = schema[1], Metrics = { metrics } } },
                },
            },
        };

    private static Gen<AggregationTemporality> Temporality => Gen.Int[0, 2].Select(value => (AggregationTemporality)value);

    private static Gen<Metric> Data => Gen.OneOf(
        RandomPoints.Number.Array[1, 5].Select(points => new Metric { Gauge = new Gauge { DataPoints = { points } } }),
        Gen.Select(RandomPoints.Number.Array[1, 5], Temporality, Gen.Bool).Select((points, temporality, monotonic) => new Metric
        {
            Sum = new Sum { DataPoints = { points }, AggregationTemporality = temporality, IsMonotonic = monotonic },
        }),
        Gen.Select(RandomPoints.Histogram.Array[1, 4], Temporality).Select((points, temporality) => new Metric
        {
            Histogram = new Histogram { DataPoints = { points }, AggregationTemporality = temporality },
        }),
        Gen.Select(RandomPoints.Exponential.Array[1, 4], Temporality).Select((points, temporality) => new Metric
        {
            ExponentialHistogram = new ExponentialHistogram { DataPoints = { points }, AggregationTemporality = temporality },
        }),
        RandomPoints.Summary.Array[1, 4].Select(points => new Metric { Summary = new Summary { DataPoints = { points } } }));
}
