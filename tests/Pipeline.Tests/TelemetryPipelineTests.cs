using CsCheck;
using Microsoft.Extensions.Time.Testing;
using OpencodeOtel.Pipeline.Configuration;
using OpencodeOtel.Pipeline.Diagnostics;
using OpencodeOtel.Pipeline.Tests.Support;

namespace OpencodeOtel.Pipeline.Tests;

public sealed class TelemetryPipelineTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);
    private static readonly byte[] Recording = Recordings.Read("06-errors-retry.event.sse");

    [Fact]
    public async Task Any_split_of_the_bytes_gives_the_same_files()
    {
        string whole = await ReplayAsync([Recording.Length]);

        await Gen.Int[1, 5000].Array[1, 40].SampleAsync(
            async sizes => Assert.Equal(whole, await ReplayAsync(sizes)), iter: 20, threads: 1);
    }

    [Fact]
    public async Task Every_record_made_has_one_fate_at_each_exporter()
    {
        await using TelemetryPipeline pipeline = Create(Exporter("none"), Exporter("none"));
        pipeline.Push(Recording);

        await pipeline.CompleteAsync(Deadline);

        PipelineReport report = pipeline.Report();
        Assert.True(report.Records.Spans > 0 && report.Records.Logs > 0 && report.Records.Metrics > 0);
        Assert.Equal(2, report.Exporters.Count);
        Assert.All(report.Exporters, exporter =>
        {
            Assert.Equal(report.Records, new SignalCounts(exporter.Metrics.Total, exporter.Logs.Total, exporter.Spans.Total));
            Assert.True(exporter.LostNothing);
        });
    }

    [Fact]
    public async Task Metrics_are_collected_by_the_recordings_clock()
    {
        long once = await PointsAsync(TimeSpan.FromHours(1));
        long often = await PointsAsync(TimeSpan.FromSeconds(2));

        Assert.True(often > 2 * once, $"{often} points, where one collection makes {once}.");
        Assert.Equal(often, await PointsAsync(TimeSpan.FromSeconds(2)));
    }

    [Fact]
    public async Task A_read_that_never_returns_does_not_hold_up_a_stop()
    {
        await using TelemetryPipeline pipeline = Create(Exporter("none"));
        using var stop = new CancellationTokenSource();
        Task running = pipeline.RunAsync(new SilentStream(), stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.WaitAsync(Deadline));
    }

    [Fact]
    public async Task After_completion_nothing_is_taken_and_a_second_completion_does_nothing()
    {
        await using TelemetryPipeline pipeline = Create(Exporter("none"));
        pipeline.Push(Recording);
        await pipeline.CompleteAsync(Deadline);
        PipelineReport report = pipeline.Report();

        await pipeline.CompleteAsync(Deadline);

        Assert.Throws<ObjectDisposedException>(() => pipeline.Push(Recording));
        Assert.Equal(report.Records, pipeline.Report().Records);
    }

    [Fact]
    public async Task A_request_is_sent_an_interval_after_its_first_record_though_the_stream_is_silent()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56));
        var interval = TimeSpan.FromMilliseconds(100);
        await using TelemetryPipeline pipeline = TelemetryPipeline.Create(
            new TelemetryOptions { LogsInterval = interval, Exporters = [Exporter("none")] }, time: time);
        using var stop = new CancellationTokenSource();
        Task running = pipeline.RunAsync(new SilentStream(Recording), stop.Token);
        Assert.Equal(interval, pipeline.NextTick);
        Assert.Equal(0, pipeline.Report().Exporters[0].Spans.Total);

        time.Advance(interval);

        Assert.True(SpinWait.SpinUntil(() => pipeline.Report().Exporters[0].Spans.Total > 0, Deadline));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.WaitAsync(Deadline));
    }

    [Fact]
    public async Task The_next_tick_is_that_of_the_earliest_deadline_and_at_most_half_a_second_away()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56));
        await using TelemetryPipeline pipeline = TelemetryPipeline.Create(
            new TelemetryOptions { LogsInterval = Deadline, Exporters = [Exporter("none")] }, time: time);
        Assert.Equal(TimeSpan.FromMilliseconds(500), pipeline.NextTick);

        pipeline.Push("""{"type":"session.error","properties":{"sessionID":"ses_1","error":{"name":"APIError"}}}"""u8);
        pipeline.Push("\n"u8);
        Assert.Equal(TimeSpan.FromMilliseconds(500), pipeline.NextTick);

        time.Advance(TimeSpan.FromMilliseconds(4900));
        Assert.Equal(TimeSpan.FromMilliseconds(100), pipeline.NextTick);

        time.Advance(TimeSpan.FromMilliseconds(100));
        Assert.Equal(TimeSpan.FromMilliseconds(1), pipeline.NextTick);
        pipeline.Tick();
        Assert.Equal(1, pipeline.Report().Records.Spans);
        Assert.Equal(TimeSpan.FromMilliseconds(500), pipeline.NextTick);
    }

    private static async Task<long> PointsAsync(TimeSpan interval)
    {
        await using TelemetryPipeline pipeline = TelemetryPipeline.Create(
            new TelemetryOptions { UseEventClock = true, MetricsInterval = interval, Exporters = [Exporter("none")] });
        pipeline.Push(Recording);
        await pipeline.CompleteAsync(Deadline);
        return pipeline.Report().Records.Metrics;
    }

    private static async Task<string> ReplayAsync(int[] sizes)
    {
        string directory = Directory.CreateTempSubdirectory("opencode-otel-").FullName;
        try
        {
            ExporterOptions files = new() { Kind = ExporterKind.File, Name = "files", Directory = directory };
            await using (TelemetryPipeline pipeline = Create(files))
            {
                for (int start = 0, index = 0; start < Recording.Length; index++)
                {
                    int size = Math.Min(sizes[index % sizes.Length], Recording.Length - start);
                    pipeline.Push(Recording.AsSpan(start, size));
                    start += size;
                }

                await pipeline.CompleteAsync(Deadline);
            }

            return string.Join('\n', Directory.EnumerateFiles(directory).Order(StringComparer.Ordinal).Select(File.ReadAllText));
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static TelemetryPipeline Create(params ExporterOptions[] exporters) =>
        TelemetryPipeline.Create(new TelemetryOptions { UseEventClock = true, LogsInterval = Deadline, Exporters = exporters });

    private static ExporterOptions Exporter(string name) => new() { Kind = ExporterKind.None, Name = name };

    /// <summary>A stream that says something and then nothing more, without an end.</summary>
    private sealed class SilentStream(params byte[] content) : MemoryStream(content)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            Position < Length ? base.ReadAsync(buffer, cancellationToken) : new(new TaskCompletionSource<int>().Task);
    }
}
