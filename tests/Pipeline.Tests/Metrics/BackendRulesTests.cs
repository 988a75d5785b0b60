using System.Text;
using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Configuration;
using OpencodeOtel.Pipeline.Tests.Support;
using OpenTelemetry.Proto.Collector.Metrics.V1;
using ProtoMetric = OpenTelemetry.Proto.Metrics.V1.Metric;
using ProtoTemporality = OpenTelemetry.Proto.Metrics.V1.AggregationTemporality;

namespace OpencodeOtel.Pipeline.Tests.Metrics;

/// <summary>What backends refuse or misread, looked for in all that the recordings make.</summary>
public class BackendRulesTests
{
    public static TheoryData<TemporalityPreference, HistogramAggregation> Everything => new()
    {
        { TemporalityPreference.Cumulative, HistogramAggregation.ExplicitBuckets },
        { TemporalityPreference.Cumulative, HistogramAggregation.Exponential },
        { TemporalityPreference.Delta, HistogramAggregation.ExplicitBuckets },
        { TemporalityPreference.Delta, HistogramAggregation.Exponential },
        { TemporalityPreference.LowMemory, HistogramAggregation.ExplicitBuckets },
        { TemporalityPreference.LowMemory, HistogramAggregation.Exponential },
    };

    [Theory]
    [MemberData(nameof(Everything))]
    public void Items_149_155_156_171_No_backend_finds_anything_to_refuse(TemporalityPreference preference, HistogramAggregation aggregation) =>
        ForEachRecording(preference, aggregation, AssertNothingToRefuse);

    [Theory]
    [InlineData(HistogramAggregation.ExplicitBuckets)]
    [InlineData(HistogramAggregation.Exponential)]
    public void Items_157_161_A_cumulative_consumer_sees_a_stable_start_and_no_reset_without_a_new_one(HistogramAggregation aggregation) =>
        ForEachRecording(TemporalityPreference.Cumulative, aggregation, made => AssertStreamsGoOn(made));

    [Fact]
    public void Items_158_159_Datadog_gets_delta_monotonic_sums_and_histograms_with_bounds_whose_ranges_join() =>
        ForEachRecording(TemporalityPreference.Delta, HistogramAggregation.ExplicitBuckets, made =>
        {
            AssertRangesJoin(made);
            Assert.All(made.Metrics, metric => Assert.True(metric.Sum?.IsMonotonic ?? true));
            Assert.All(made.Metrics.SelectMany(metric => metric.Histogram?.DataPoints ?? []), point => Assert.NotEmpty(point.ExplicitBounds));
        });

    [Theory]
    [MemberData(nameof(Everything))]
    public void The_rules_hold_beyond_the_limit_and_for_sessions_that_come_back(TemporalityPreference preference, HistogramAggregation aggregation)
    {
        TelemetryOptions options = Options(preference, aggregation) with { CardinalityLimit = 2, SessionQuietTime = TimeSpan.FromSeconds(1) };
        int overflows = 0;
        int returns = 0;
        foreach (string recording in Recordings.Bus)
        {
            var made = new Produced(recording, options);
            AssertNothingToRefuse(made);
            returns += AssertStreams(made, preference);
            overflows += made.Metrics.SelectMany(SeenPoint.Of).Count(point => point.Series.Contains("otel.metric.overflow=", StringComparison.Ordinal));
        }

        Assert.True(overflows > 0, "nothing overflowed");
        Assert.True(returns > 0 || preference != TemporalityPreference.Cumulative, "no series came back");
    }

    [Theory]
    [MemberData(nameof(Everything))]
    public void The_rules_hold_when_the_clock_is_set_back_or_forth_and_collections_go_on(TemporalityPreference preference, HistogramAggregation aggregation)
    {
        const long Start = 1_800_000_000_000;
        const long Day = 24 * 60 * 60 * 1000;
        byte[][] parts = [.. Parts("02-edit-commit.event.sse")];
        foreach (long step in (long[])[-Day, -1700, 1700, Day])
        {
            // Half a second an event, and in the middle the clock is set.
            var made = new Produced(
                parts, Options(preference, aggregation), clock: part => Start + (part * 500) + (part < parts.Length / 2 ? 0 : step));
            AssertNothingToRefuse(made);
            AssertStreams(made, preference);
            int seconds = parts.Length / 2;
            Assert.True(
                preference != TemporalityPreference.Cumulative || made.Collections.Count > seconds * 9 / 10,
                $"{made.Collections.Count} collections in {seconds} seconds, with the clock set by {step} ms");
        }
    }

    [Theory]
    [InlineData(TemporalityPreference.Cumulative)]
    [InlineData(TemporalityPreference.Delta)]
    public void A_recording_whose_first_event_has_no_time_is_collected_by_its_own_clock_all_the_same(TemporalityPreference preference)
    {
        byte[] timeless = """
            data: {"id":"evt_1","type":"session.status","properties":{"sessionID":"ses_01234567890123456789012345","status":{"type":"retry","attempt":1,"message":"x"}}}


            """u8.ToArray();
        TelemetryOptions options = Options(preference, default);
        var plain = new Produced("02-edit-commit.event.sse", options);
        var made = new Produced([timeless, Recordings.Read("02-edit-commit.event.sse")], options);

        Assert.DoesNotContain(plain.Metrics, metric => metric.Name == "opencode.retry.count");
        Assert.Contains(made.Metrics, metric => metric.Name == "opencode.retry.count");
        AssertNothingToRefuse(made);
        AssertStreams(made, preference);
        Assert.True(plain.Collections.Count > 3);
        Assert.Equal(Ranges(plain), Ranges(made));

        static IEnumerable<(ulong, ulong)> Ranges(Produced made) =>
            [.. made.Metrics.SelectMany(SeenPoint.Of).Select(point => (point.Start, point.Time)).Distinct().Order()];
    }

    [Fact]
    public void Every_temporality_adds_up_to_the_same_totals()
    {
        foreach (string recording in Recordings.Bus)
        {
            var cumulative = Totals(new Produced(recording, Options(TemporalityPreference.Cumulative, default)));
            Assert.NotEmpty(cumulative);
            Assert.Equal(cumulative, Totals(new Produced(recording, Options(TemporalityPreference.Delta, default))));
            Assert.Equal(cumulative, Totals(new Produced(recording, Options(TemporalityPreference.LowMemory, HistogramAggregation.Exponential))));
        }
    }

    [Fact]
    public void Items_189_191_192_Points_carry_the_exported_span_that_they_came_from()
    {
        var made = new Produced("02-edit-commit.event.sse", Options(TemporalityPreference.Delta, default));
        Dictionary<string, string> spans = made.Spans.ToDictionary(span => span.SpanId.ToBase64(), span => span.Name);
        Dictionary<string, string> expected = new()
        {
            ["opencode.token.usage"] = "opencode.llm",
            ["opencode.cost.usage"] = "opencode.llm",
            ["opencode.message.count"] = "opencode.llm",
            ["opencode.session.duration"] = "opencode.session",
            ["opencode.session.cost.total"] = "opencode.session",
        };
        foreach (ProtoMetric metric in made.Metrics.Where(metric => metric.Name != "opencode.session.count"))
        {
            Assert.All(SeenPoint.Of(metric), point =>
            {
                Assert.NotEmpty(point.Exemplars);
                Assert.All(point.Exemplars, exemplar => Assert.InRange(exemplar.TimeUnixNano, point.Start + 1, point.Time));
                Assert.All(point.Exemplars, exemplar =>
                {
                    string span = spans[exemplar.SpanId.ToBase64()];
                    Assert.True(metric.Name == "opencode.tool.duration"
                        ? span.StartsWith("opencode.tool.", StringComparison.Ordinal)
                        : span == expected.GetValueOrDefault(metric.Name, span));
                });
            });
        }
    }

    [Theory]
    [InlineData(SpanTypes.Llm, "opencode.token.usage")]
    [InlineData(SpanTypes.Tool, "opencode.tool.duration")]
    [InlineData(SpanTypes.Session, "opencode.session.duration")]
    public void Item_189_A_span_that_is_not_exported_makes_no_exemplar(SpanTypes disabled, string metric)
    {
        TelemetryOptions options = Options(TemporalityPreference.Cumulative, default);
        Assert.NotEmpty(Exemplars(options));
        Assert.Empty(Exemplars(options with { DisabledSpans = disabled }));

        IEnumerable<OpenTelemetry.Proto.Metrics.V1.Exemplar> Exemplars(TelemetryOptions options) =>
            new Produced("02-edit-commit.event.sse", options).Metrics.Where(one => one.Name == metric).SelectMany(SeenPoint.Of).SelectMany(point => point.Exemplars);
    }

    [Fact]
    public void Item_193_In_json_the_ids_of_exemplars_are_hexadecimal()
    {
        TelemetryOptions options = Options(TemporalityPreference.Delta, default);
        var made = new Produced("02-edit-commit.event.sse", options, WireForm.Json);
        string span = new Produced("02-edit-commit.event.sse", options).Metrics
            .First(metric => metric.Name == "opencode.message.count").Sum.DataPoints[0].Exemplars[0].SpanId
            .Aggregate(string.Empty, (text, one) => text + one.ToString("x2", System.Globalization.CultureInfo.InvariantCulture));

        Assert.Contains(made.Bodies, body => System.Text.Encoding.UTF8.GetString(body).Contains($"\"spanId\":\"{span}\"", StringComparison.Ordinal));
    }

    private static void AssertNothingToRefuse(Produced made)
    {
        Assert.All(made.Collections, request => Assert.NotEmpty(Produced.MetricsOf(request)));
        foreach (ProtoMetric metric in made.Metrics)
        {
            SeenPoint[] points = [.. SeenPoint.Of(metric)];
            Assert.NotEmpty(points);
            Assert.NotEqual(ProtoTemporality.Unspecified, TemporalityOf(metric));
            Assert.Single(points.Select(point => point.Time).Distinct());
            Assert.Equal(points.Length, points.Select(point => point.Series).Distinct().Count());
            Assert.All(points, point => Assert.True(point.Start < point.Time && double.IsFinite(point.Value)));
            Assert.All(metric.Histogram?.DataPoints ?? [], point =>
            {
                Assert.Equal(point.Count, point.BucketCounts.Aggregate(0UL, (sum, count) => sum + count));
                Assert.Equal(point.ExplicitBounds.Count + 1, point.BucketCounts.Count);
                Assert.InRange(point.Sum / point.Count, point.Min, point.Max);
            });
            Assert.All(metric.ExponentialHistogram?.DataPoints ?? [], point =>
            {
                ulong counted = (point.Positive?.BucketCounts ?? []).Concat(point.Negative?.BucketCounts ?? [])
                    .Aggregate(point.ZeroCount, (sum, count) => sum + count);
                Assert.Equal(point.Count, counted);
            });
        }
    }

    private static int AssertStreams(Produced made, TemporalityPreference preference)
    {
        if (preference == TemporalityPreference.Cumulative)
        {
            return AssertStreamsGoOn(made);
        }

        AssertRangesJoin(made);
        return 0;
    }

    /// <summary>Checks cumulative streams: stable starts, and no value that falls without a new one.</summary>
    /// <returns>How often a series began anew.</returns>
    private static int AssertStreamsGoOn(Produced made)
    {
        int returns = 0;
        var last = new Dictionary<string, SeenPoint>();
        foreach (ProtoMetric metric in made.Metrics.Where(metric => metric.DataCase != ProtoMetric.DataOneofCase.Gauge))
        {
            Assert.Equal(ProtoTemporality.Cumulative, TemporalityOf(metric));
            foreach (SeenPoint point in SeenPoint.Of(metric))
            {
                if (last.TryGetValue(point.Series, out SeenPoint? before))
                {
                    Assert.True(point.Time > before.Time);
                    Assert.True(point.Start == before.Start || point.Start > before.Time, "a start moved without a reset");
                    Assert.True(point.Start > before.Start || (point.Value >= before.Value && point.Count >= before.Count), "a value fell");
                    returns += point.Start > before.Start ? 1 : 0;
                }

                last[point.Series] = point;
            }
        }

        return returns;
    }

    /// <summary>Checks delta points: one range for all of a collection, which begins no earlier than the one before ended.</summary>
    private static void AssertRangesJoin(Produced made)
    {
        ulong previous = 0;
        foreach (ExportMetricsServiceRequest request in made.Collections)
        {
            ProtoMetric[] metrics = [.. Produced.MetricsOf(request).Where(metric => metric.DataCase != ProtoMetric.DataOneofCase.Gauge)];
            Assert.All(metrics, metric => Assert.Equal(ProtoTemporality.Delta, TemporalityOf(metric)));
            SeenPoint[] points = [.. metrics.SelectMany(SeenPoint.Of)];
            Assert.InRange(points.Select(point => (point.Start, point.Time)).Distinct().Count(), 0, 1);
            Assert.All(points, point => Assert.True(point.Start >= previous && point.Value >= 0));
            previous = points.Length > 0 ? points[0].Time : previous;
        }
    }

    private static IEnumerable<byte[]> Parts(string recording) => Encoding.UTF8.GetString(Recordings.Read(recording))
        .Split("\n\n", StringSplitOptions.RemoveEmptyEntries)
        .Select(part => Encoding.UTF8.GetBytes(part + "\n\n"));

    private static void ForEachRecording(TemporalityPreference preference, HistogramAggregation aggregation, Action<Produced> check)
    {
        foreach (string recording in Recordings.Bus.Concat(Recordings.Run))
        {
            check(new Produced(recording, Options(preference, aggregation)));
        }
    }

    private static TelemetryOptions Options(TemporalityPreference preference, HistogramAggregation aggregation) =>
        new() { Temporality = preference, HistogramAggregation = aggregation, MetricsInterval = TimeSpan.FromSeconds(1) };

    private static ProtoTemporality? TemporalityOf(ProtoMetric metric) =>
        metric.Sum?.AggregationTemporality ?? metric.Histogram?.AggregationTemporality ?? metric.ExponentialHistogram?.AggregationTemporality;

    private static SortedDictionary<string, (decimal Value, ulong Count)> Totals(Produced made)
    {
        var streams = new Dictionary<(string Series, ulong Start), SeenPoint>();
        foreach (ProtoMetric metric in made.Metrics.Where(metric => metric.DataCase != ProtoMetric.DataOneofCase.Gauge))
        {
            foreach (SeenPoint point in SeenPoint.Of(metric))
            {
                streams[(point.Series, point.Start)] = point;
            }
        }

        return new(streams.GroupBy(stream => stream.Key.Series).ToDictionary(
            series => series.Key,
            series => (Math.Round(series.Sum(stream => (decimal)stream.Value.Value), 9), series.Aggregate(0UL, (sum, stream) => sum + stream.Value.Count))));
    }
}
