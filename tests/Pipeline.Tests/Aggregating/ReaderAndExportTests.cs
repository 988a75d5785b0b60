using Microsoft.Extensions.Logging.Abstractions;
using OpencodeOtel.Otlp;
using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Aggregating;
using OpencodeOtel.Pipeline.Batching;
using OpencodeOtel.Pipeline.Configuration;
using OpencodeOtel.Pipeline.Diagnostics;
using OpencodeOtel.Pipeline.Exporting;
using OpencodeOtel.Pipeline.Exporting.Delivering;
using OpencodeOtel.Pipeline.Tests.Batching;
using OpencodeOtel.Pipeline.Tests.Exporting;
using OpencodeOtel.Pipeline.Tests.Metrics;
using OpencodeOtel.Pipeline.Tests.Support;
using OpencodeOtel.TestCollector;

namespace OpencodeOtel.Pipeline.Tests.Aggregating;

/// <summary>What one collection, or one export, must not do to another.</summary>
public class ReaderAndExportTests
{
    private readonly Instrument[] _instruments =
    [
        Measuring.Instrument("Counter"),
        Measuring.Instrument("Gauge"),
        Measuring.Instrument("Histogram", isInteger: true, 0, 5, 10),
        Measuring.Instrument("ObservableCounter"),
    ];

    [Theory]
    [InlineData(TemporalityPreference.Cumulative, TemporalityPreference.Delta)]
    [InlineData(TemporalityPreference.Delta, TemporalityPreference.Cumulative)]
    [InlineData(TemporalityPreference.Delta, TemporalityPreference.Delta)]
    [InlineData(TemporalityPreference.Cumulative, TemporalityPreference.Cumulative)]
    public void Item_154_Two_readers_of_the_same_measurements_each_report_all_of_them_whenever_the_other_one_collects(
        TemporalityPreference one, TemporalityPreference other)
    {
        // They are given the same instruments, and attributes in the same memory, which the next measurement overwrites.
        var often = new MetricAggregator(new TelemetryOptions { Temporality = one });
        var seldom = new MetricAggregator(new TelemetryOptions { Temporality = other });
        var sink = new CollectingSink();
        List<CollectedPoint> ofOften = [];
        List<CollectedPoint> ofSeldom = [];
        var attributes = new KeyValue[1];
        for (int i = 1; i <= 20; i++)
        {
            attributes[0] = Measuring.Session(i % 3)[0];
            foreach (Instrument instrument in _instruments)
            {
                often.Record(instrument, i, i * 100, attributes);
                seldom.Record(instrument, i, i * 100, attributes);
            }

            if (i == 10)
            {
                // Told to one of them: what it retires is there for the other.
                often.EndSession(Measuring.Session(1)[0].Value.Text);
            }

            ofOften.AddRange(sink.Collect(often, (i * 100) + 50));
            if (i % 5 == 0)
            {
                ofSeldom.AddRange(sink.Collect(seldom, (i * 100) + 50));
            }
        }

        string[] truth =
        [
            .. from session in Enumerable.Range(0, 3)
               let values = Enumerable.Range(1, 20).Where(i => i % 3 == session)
               let set = Measuring.Text(Measuring.Session(session))
               from text in (string[])
               [
                   $"opencode.Counter {set} {values.Sum()} 0",
                   $"opencode.Gauge {set} {values.Last()} 0",
                   $"opencode.Histogram {set} {values.Sum()} {values.Count()}",
                   $"opencode.ObservableCounter {set} {values.Last()} 0",
               ]
               select text,
        ];
        Assert.Equal(truth.Order(StringComparer.Ordinal), Totals(ofOften));
        Assert.Equal(truth.Order(StringComparer.Ordinal), Totals(ofSeldom));
        Assert.All(
            ofSeldom.Where(point => point.Metric.Temporality == AggregationTemporality.Cumulative)
                .GroupBy(point => (point.Metric.Name, point.Attributes), point => point.Start),
            starts => Assert.Single(starts.Distinct()));

        // Of delta points all, of cumulative ones the last of each stream, which its start tells apart.
        static IEnumerable<string> Totals(IEnumerable<CollectedPoint> points) => points
            .GroupBy(point => (point.Metric.Name, point.Attributes, point.Start), (_, stream) => stream.Last())
            .GroupBy(
                point => (point.Metric.Name, point.Attributes),
                (series, streams) => $"{series.Name} {series.Attributes} {streams.Sum(point => point.Value.Int + (point.Sum ?? 0))} {streams.Sum(point => (long)point.Count)}")
            .Order(StringComparer.Ordinal);
    }

    [Theory]
    [InlineData(TemporalityPreference.Cumulative)]
    [InlineData(TemporalityPreference.Delta)]
    public void Item_155_A_collection_without_a_point_makes_no_request(TemporalityPreference preference)
    {
        var options = new TelemetryOptions { Temporality = preference };
        using var batch = new Batch(options);
        var aggregator = new MetricAggregator(options);
        aggregator.Collect(1000, batch.Batcher);
        Assert.Empty(batch.Sink.Requests);

        aggregator.Record(_instruments[0], 1, 1500);
        aggregator.EndSession("nobody");
        aggregator.Collect(2000, batch.Batcher);
        Assert.Single(batch.Sink.Requests);
        aggregator.Collect(3000, batch.Batcher);
        Assert.Equal(preference == TemporalityPreference.Cumulative ? 2 : 1, batch.Sink.Requests.Count);
    }

    [Fact]
    public async Task Items_165_166_A_delta_request_is_sent_again_unchanged_or_leaves_its_range_uncovered_and_no_later_one_covers_it()
    {
        int[] answers = [503, 200, 200, 400, 200];
        await using OtlpTestServer server = await OtlpTestServer.StartAsync(
            request => answers[request.Order] == 200 ? null : new ScriptedAnswer { Http = new ScriptedHttp(answers[request.Order]) });
        var delivery = new DeliveryOptions(1024 * 1024)
        {
            Retry = new RetryPolicy(TimeSpan.FromMinutes(1)) { Initial = TimeSpan.FromMilliseconds(2), Least = TimeSpan.FromMilliseconds(1) },
        };
        var exporter = new Exporter(
            "test", SignalSenders.All(Destination.Sender(OtlpProtocol.HttpProtobuf, server)), _ => delivery, NullLogger.Instance, TimeProvider.System);
        await using var exporters = new ExporterSet([exporter], TimeProvider.System);
        exporters.Start();
        var options = new TelemetryOptions { Temporality = TemporalityPreference.Delta, MetricsInterval = TimeSpan.FromSeconds(1) };
        var envelope = new ExportEnvelope(Signal.Metrics, WireForm.Protobuf, new Resource(), new InstrumentationScope());
        using var batcher = new SignalBatcher([envelope], options, exporters, TimeProvider.System);
        var collector = new MetricCollector(options, batcher);
        for (int i = 1; i <= 4; i++)
        {
            collector.Record(new Measurement { Instrument = _instruments[0], Value = i, Time = i * 1000 });
            collector.Tick((i + 1) * 1000);
            await Eventually.HoldsAsync(() => exporter.Report().Metrics.Total == i);
        }

        Assert.Equal(new FateCounts(3, 0, 1, 0, 0, 0, 0), exporter.Report().Metrics);
        Assert.Equal(answers.Length, server.Requests.Count);
        Assert.Equal(server.Requests[0].Body.ToArray(), server.Requests[1].Body.ToArray());
        SeenPoint refused = Assert.Single(server.Requests.Skip(3).Take(1).Metrics().SelectMany(metric => SeenPoint.Of(metric.Item)));
        SeenPoint[] taken = [.. server.Metrics.SelectMany(metric => SeenPoint.Of(metric.Item))];
        Assert.Equal([1.0, 2, 4], taken.Select(point => point.Value));
        Assert.Equal(
            [(Measuring.Nano(1000), Measuring.Nano(2000)), (Measuring.Nano(2000), Measuring.Nano(3000)), (Measuring.Nano(4000), Measuring.Nano(5000))],
            taken.Select(point => (point.Start, point.Time)));
        Assert.Equal((taken[1].Time, taken[2].Start), (refused.Start, refused.Time));
    }
}
