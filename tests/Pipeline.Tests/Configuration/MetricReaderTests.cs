using OpencodeOtel.Pipeline.Configuration;
using static OpencodeOtel.Pipeline.Tests.Configuration.Resolving;

namespace OpencodeOtel.Pipeline.Tests.Configuration;

public class MetricReaderTests
{
    private const string Histograms = "OTEL_EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION";

    [Theory]
    [InlineData(Histograms + "=base2_exponential_bucket_histogram", HistogramAggregation.Exponential)]
    [InlineData(Histograms + "= BASE2_Exponential_Bucket_Histogram ", HistogramAggregation.Exponential)]
    [InlineData(Histograms + "=explicit_bucket_histogram", HistogramAggregation.ExplicitBuckets)]
    [InlineData("--histogram-aggregation base2_exponential_bucket_histogram", HistogramAggregation.Exponential)]
    public void Item_088_Histograms_are_explicit_or_exponential(string given, HistogramAggregation expected)
    {
        ResolvedOptions resolved = From(given);
        Assert.Equal(expected, resolved.Options.HistogramAggregation);
        Assert.Empty(resolved.Warnings);
    }

    [Theory]
    [InlineData("OTEL_METRICS_EXEMPLAR_FILTER=trace_based", ExemplarFilter.TraceBased)]
    [InlineData("OTEL_METRICS_EXEMPLAR_FILTER=always_on", ExemplarFilter.AlwaysOn)]
    [InlineData("OTEL_METRICS_EXEMPLAR_FILTER=ALWAYS_OFF", ExemplarFilter.AlwaysOff)]
    [InlineData("--exemplars always_off", ExemplarFilter.AlwaysOff)]
    public void Item_189_The_filter_of_exemplars_can_be_chosen(string given, ExemplarFilter expected)
    {
        ResolvedOptions resolved = From(given);
        Assert.Equal(expected, resolved.Options.ExemplarFilter);
        Assert.Empty(resolved.Warnings);
    }

    [Theory]
    [InlineData(Histograms, "explicit_bucket_histogram or base2_exponential_bucket_histogram")]
    [InlineData("OTEL_METRICS_EXEMPLAR_FILTER", "trace_based, always_on or always_off")]
    public void A_variable_that_says_something_else_is_warned_about_and_ignored(string variable, string accepted)
    {
        ResolvedOptions resolved = From(variable + "=sometimes");
        Assert.Equal((HistogramAggregation.ExplicitBuckets, ExemplarFilter.TraceBased), (resolved.Options.HistogramAggregation, resolved.Options.ExemplarFilter));
        Assert.Equal($"{variable} is 'sometimes'; it must be {accepted}, and is ignored", Assert.Single(resolved.Warnings));
    }

    [Theory]
    [InlineData("--histogram-aggregation sometimes")]
    [InlineData("--exemplars sometimes")]
    [InlineData("--session-quiet never")]
    [InlineData("--metric-cardinality-limit nothing=5")]
    [InlineData("--metric-cardinality-limit token.usage")]
    [InlineData("--metric-cardinality-limit token.usage=0")]
    [InlineData("--metric-cardinality-limit token.usage=many")]
    public void An_option_that_says_something_else_is_an_error_that_names_it(string given) =>
        Assert.StartsWith(given.Split(' ')[0], Error(given), StringComparison.Ordinal);

    [Fact]
    public void A_metric_may_have_a_limit_of_its_own()
    {
        IReadOnlyDictionary<string, int> limits =
            From("--metric-cardinality-limit token.usage=500,tool.duration=20", "--metric-cardinality-limit cost.usage=7").Options.MetricCardinalityLimits;
        Assert.Equal([("cost.usage", 7), ("token.usage", 500), ("tool.duration", 20)], limits.Select(limit => (limit.Key, limit.Value)).Order());
    }

    [Fact]
    public void How_long_a_session_may_be_quiet_is_an_hour_or_as_said()
    {
        Assert.Equal(TimeSpan.FromHours(1), From().Options.SessionQuietTime);
        Assert.Equal(TimeSpan.FromMinutes(10), From("--session-quiet 10m").Options.SessionQuietTime);
    }
}
