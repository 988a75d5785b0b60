using CsCheck;
using OpencodeOtel.Pipeline.Attaching;
using OpencodeOtel.Pipeline.Configuration;
using OpencodeOtel.Pipeline.Diagnostics;

namespace OpencodeOtel.Pipeline.Tests.Attaching;

public sealed class SessionCatchUpTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    /// <summary>Up to three turns of up to three steps with up to two calls each.</summary>
    private static readonly Gen<int[][]> Turns = Gen.Int[0, 2].Array[1, 3].Array[1, 3];

    /// <summary>A history, how many events were seen before the connection was lost, and how many had happened when it stood again.</summary>
    private static readonly Gen<(History History, int Seen, int Back)> Cuts =
        from turns in Turns
        let history = new History(turns).Happen()
        from seen in Gen.Int[0, history.Events.Count]
        from back in Gen.Int[Math.Max(seen, 1), history.Events.Count]
        select (history, seen, back);

    [Fact]
    public async Task Wherever_the_stream_was_cut_and_whenever_it_came_back_what_was_missed_makes_up_for_it() => await Cuts.SampleAsync(
        async cut =>
        {
            SignalCounts whole = await RecordsAsync(pipeline => pipeline.Push(History.Bytes(cut.History.Events)));
            SignalCounts caughtUp = await RecordsAsync(pipeline =>
            {
                pipeline.Push(History.Bytes(cut.History.Events.Take(cut.Seen)));
                Tell(pipeline, cut.History, cut.Back, GapAfter(cut.History, cut.Seen));
                pipeline.Push(History.Bytes(cut.History.Events.Skip(cut.Back)));
            });
            Assert.Equal((whole.Logs, whole.Spans), (caughtUp.Logs, caughtUp.Spans));
        },
        iter: 300,
        threads: 1);

    [Fact]
    public async Task What_is_told_and_then_said_again_is_counted_once() => await Cuts.SampleAsync(
        async cut =>
        {
            SignalCounts whole = await RecordsAsync(pipeline => pipeline.Push(History.Bytes(cut.History.Events)));
            SignalCounts again = await RecordsAsync(pipeline =>
            {
                pipeline.Push(History.Bytes(cut.History.Events.Take(cut.Seen)));
                Tell(pipeline, cut.History, cut.Back, GapAfter(cut.History, cut.Seen));
                Tell(pipeline, cut.History, cut.Back, GapAfter(cut.History, cut.Seen));
                pipeline.Push(History.Bytes(cut.History.Events.Skip(cut.Back)));
                pipeline.Push(History.Bytes(cut.History.Events.Skip(cut.Seen)));
            });
            Assert.Equal((whole.Logs, whole.Spans), (again.Logs, again.Spans));
        },
        iter: 100,
        threads: 1);

    [Fact]
    public async Task Whoever_comes_late_makes_what_the_stream_makes_from_then_on() => await Cuts.SampleAsync(
        async cut =>
        {
            SignalCounts whole = await RecordsAsync(pipeline => pipeline.Push(History.Bytes(cut.History.Events)));
            SignalCounts before = new(0, 0, 0);
            await RecordsAsync(pipeline =>
            {
                pipeline.Push(History.Bytes(cut.History.Events.Take(cut.Back)));
                before = pipeline.Report().Records;
            });
            SignalCounts late = await RecordsAsync(pipeline =>
            {
                long now = cut.History.Events[cut.Back - 1].Time + 1;
                Tell(pipeline, cut.History, cut.Back, new Gap(now, now));
                pipeline.Push(History.Bytes(cut.History.Events.Skip(cut.Back)));
            });
            Assert.Equal((whole.Logs - before.Logs, whole.Spans - before.Spans), (late.Logs, late.Spans));
        },
        iter: 100,
        threads: 1);

    [Fact]
    public async Task What_was_before_we_came_makes_no_telemetry_also_when_it_is_said_again() => await Turns.SampleAsync(
        async turns =>
        {
            History history = new History(turns).Happen();
            SignalCounts records = await RecordsAsync(pipeline =>
            {
                Tell(pipeline, history, history.Events.Count, new Gap(history.End + 1, history.End + 1));
                pipeline.Push(History.Bytes(history.Events));
            });
            Assert.Equal(new SignalCounts(0, 0, 0), records);
        },
        iter: 50,
        threads: 1);

    private static void Tell(TelemetryPipeline pipeline, History history, int count, Gap gap) =>
        new GapTeller(pipeline, gap).Tell(
            [new MissedSession(history.Session, MissedMessage.ReadAll(history.MessagesAt(count)), history.IsBusyAt(count))]);

    private static Gap GapAfter(History history, int seen)
    {
        long lost = seen == 0 ? 0 : history.Events[seen - 1].Time + 1;
        return new Gap(lost - (long)AttachLimits.GapMargin.TotalMilliseconds, lost);
    }

    private static async Task<SignalCounts> RecordsAsync(Action<TelemetryPipeline> work)
    {
        await using TelemetryPipeline pipeline = TelemetryPipeline.Create(new TelemetryOptions
        {
            Exporters = [new ExporterOptions { Kind = ExporterKind.None, Name = "none" }],
        });
        work(pipeline);
        await pipeline.CompleteAsync(Deadline);
        return pipeline.Report().Records;
    }
}
