using OpencodeOtel.Pipeline.Configuration;
using static OpencodeOtel.Pipeline.Tests.Configuration.Resolving;

namespace OpencodeOtel.Pipeline.Tests.Configuration;

public class AttributeReaderTests
{
    [Theory]
    [InlineData("a=1,b=2", "a:1|b:2", 0)]
    [InlineData(" a = 1 , b=", "a:1|b:", 0)]
    [InlineData("a=1,a=2", "a:2", 0)]
    [InlineData("a=x=y", "a:x=y", 0)]
    [InlineData("a=%41", "a:%41", 0)] // Not decoded.
    [InlineData("secret,b=2,=3", "b:2", 2)]
    [InlineData("a=1,,b=2", "a:1|b:2", 1)]
    public void A_list_of_attributes_is_read(string text, string expected, int warnings)
    {
        foreach (string variable in new[] { "OPENCODE_SPAN_ATTRIBUTES", "OPENCODE_METRIC_ATTRIBUTES", "OPENCODE_RESOURCE_ATTRIBUTES" })
        {
            ResolvedOptions resolved = From($"{variable}={text}");
            TelemetryOptions options = resolved.Options;
            IEnumerable<KeyValuePair<string, string>> all = options.SpanAttributes.Concat(options.MetricAttributes).Concat(options.ResourceAttributes);
            Assert.Equal(expected, string.Join('|', all.Select(pair => $"{pair.Key}:{pair.Value}")));
            Assert.Equal(warnings, resolved.Warnings.Count);
            Assert.All(resolved.Warnings, warning => Assert.DoesNotContain("secret", warning, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void An_option_is_one_pair_each_time_and_its_value_may_hold_commas() =>
        Assert.Equal([new("a", "1,2"), new("b", "3")], From("--span-attribute a=1,2", "--span-attribute b=3").Options.SpanAttributes);

    [Fact]
    public void Opentelemetrys_resource_variables_serve_when_the_products_is_unset()
    {
        ResolvedOptions resolved = From("OTEL_RESOURCE_ATTRIBUTES=a=x%2Cy,service.name=one", "OTEL_SERVICE_NAME=two");
        Assert.Equal([new("a", "x,y"), new("service.name", "two")], resolved.Options.ResourceAttributes);
        Assert.Equal("OTEL_RESOURCE_ATTRIBUTES, OTEL_SERVICE_NAME", Origin(resolved, "resource-attribute"));

        ResolvedOptions own = From("OPENCODE_RESOURCE_ATTRIBUTES=b=1", "OTEL_RESOURCE_ATTRIBUTES=a=1", "OTEL_SERVICE_NAME=two");
        Assert.Equal([new("b", "1")], own.Options.ResourceAttributes);
    }

    [Theory]
    [InlineData("a=1,b")]
    [InlineData("a=1,b=%G1")]
    [InlineData("a=1,b=%ff")] // No UTF-8.
    [InlineData("a=1,b=%4")]
    public void Opentelemetrys_list_is_discarded_whole_when_a_piece_is_broken(string text)
    {
        ResolvedOptions resolved = From($"OTEL_RESOURCE_ATTRIBUTES={text}", "OTEL_SERVICE_NAME=kept");
        Assert.Equal([new("service.name", "kept")], resolved.Options.ResourceAttributes);
        Assert.StartsWith("piece 2 of OTEL_RESOURCE_ATTRIBUTES", Assert.Single(resolved.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Excluded_attributes_are_a_set_of_keys() =>
        Assert.Equal(["a", "b"], From("OPENCODE_EXCLUDE_METRICS_ATTRIBUTES= a ,,b,a").Options.ExcludedMetricAttributes.Order());
}
