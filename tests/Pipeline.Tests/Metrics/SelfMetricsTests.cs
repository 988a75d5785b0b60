using System.Text;
using OpencodeOtel.Pipeline.Configuration;
using OpencodeOtel.Pipeline.Tests.Enriching;
using OpencodeOtel.Pipeline.Tests.Support;
using OpencodeOtel.TestCollector;

namespace OpencodeOtel.Pipeline.Tests.Metrics;

public class SelfMetricsTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);
    private static readonly long Clock = new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    [Fact]
    public async Task In_a_replay_they_are_measured_by_the_recordings_clock_also_if_its_first_event_has_no_time()
    {
        ulong[] times = await ReplayedTimesAsync([]);

        Assert.True(times.Length > 3, $"{times.Length} times in a recording of many seconds.");
        Assert.True(times[^1] < (ulong)Clock * 1_000_000);
        Assert.Equal(times, await ReplayedTimesAsync("data: {\"id\":\"evt_1\",\"type\":\"server.connected\",\"properties\":{}}\n\n"u8.ToArray()));
    }

    [Fact]
    public async Task A_replay_without_any_time_measures_none()
    {
        string directory = Directory.CreateTempSubdirectory("opencode-otel-").FullName;
        try
        {
            await using (TelemetryPipeline pipeline = Create(Options(directory) with { UseEventClock = true }, new ManualTime(Clock)))
            {
                pipeline.Push(Encoding.UTF8.GetBytes("data: {\"id\":\"evt_1\",\"type\":\"server.connected\",\"properties\":{}}\n\n"));
                await pipeline.CompleteAsync(Deadline);
                Assert.Equal(0, pipeline.Report().Records.Metrics);
            }
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    [Fact]
    public async Task A_clock_that_is_set_back_does_not_stop_them()
    {
        var time = new ManualTime(Clock);
        await using TelemetryPipeline pipeline = Create(
            Options(null) with { Exporters = [new ExporterOptions { Name = "none", Kind = ExporterKind.None }] }, time);
        Pass();
        long before = pipeline.Report().Records.Metrics;
        time.Milliseconds -= 24 * 60 * 60 * 1000;
        Pass();

        Assert.True(before >= 8, $"{before} points in ten seconds");
        Assert.True(pipeline.Report().Records.Metrics >= before + 8, $"{before} points before, {pipeline.Report().Records.Metrics} in all");

        void Pass()
        {
            for (int i = 0; i < 20; i++)
            {
                pipeline.Tick();
                time.Milliseconds += 500;
            }
        }
    }

    private static TelemetryPipeline Create(TelemetryOptions options, TimeProvider time) => TelemetryPipeline.Create(options, time: time);

    // A gauge whose points show when it was measured: with delta, a collection holds it only if it was.
    private static TelemetryOptions Options(string? directory) => new()
    {
        SelfMetrics = true,
        MetricsInterval = TimeSpan.FromSeconds(1),
        Temporality = TemporalityPreference.Delta,
        Exporters = [new ExporterOptions { Name = "files", Kind = ExporterKind.File, Directory = directory }],
    };

    private static async Task<ulong[]> ReplayedTimesAsync(byte[] first)
    {
        string directory = Directory.CreateTempSubdirectory("opencode-otel-").FullName;
        try
        {
            await using (TelemetryPipeline pipeline = Create(Options(directory) with { UseEventClock = true }, new ManualTime(Clock)))
            {
                if (first.Length > 0)
                {
                    pipeline.Push(first);
                }

                foreach (byte[] part in Recordings.Read("02-edit-commit.event.sse").Chunk(10_000))
                {
                    pipeline.Push(part);
                }

                pipeline.EndStream();
                await pipeline.CompleteAsync(Deadline);
            }

            return
            [
                .. (await OtlpFile.ReadAsync(directory)).Metrics()
                    .Where(metric => metric.Item.Name == "opencode_otel.exporter.queue.size")
                    .SelectMany(metric => SeenPoint.Of(metric.Item))
                    .Select(point => point.Time)
                    .Distinct(),
            ];
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }
}
