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

    private static readonly Gen<(History History, int Seen)> Cuts = Turns
        .Select(turns => new History(turns).Happen())
        .SelectMany(history => Gen.Int[0, history.Events.Count].Select(seen => (history, seen)));

    [Fact]
    public async Task Wherever_the_stream_was_cut_what_was_missed_makes_up_for_it() => await Cuts.SampleAsync(
        async cut =>
        {
            SignalCounts whole = await RecordsAsync(pipeline => pipeline.Push(History.Bytes(cut.History.Events)));
            SignalCounts caughtUp = await RecordsAsync(pipeline =>
            {
                pipeline.Push(History.Bytes(cut.History.Events.Take(cut.Seen)));
                Tell(pipeline, cut.History, GapAfter(cut.History, cut.Seen));
            });
            Assert.Equal((whole.Logs, whole.Spans), (caughtUp.Logs, caughtUp.Spans));
        },
        iter: 100,
        threads: 1);

    [Fact]
    public async Task What_is_told_and_then_said_again_is_counted_once() => await Cuts.SampleAsync(
        async cut =>
        {
            SignalCounts whole = await RecordsAsync(pipeline => pipeline.Push(History.Bytes(cut.History.Events)));
            SignalCounts again = await RecordsAsync(pipeline =>
            {
                pipeline.Push(History.Bytes(cut.History.Events.Take(cut.Seen)));
                Tell(pipeline, cut.History, GapAfter(cut.History, cut.Seen));
                Tell(pipeline, cut.History, GapAfter(cut.History, cut.Seen));
                pipeline.Push(History.Bytes(cut.History.Events.Skip(cut.Seen)));
            });
            Assert.Equal((whole.Logs, whole.Spans), (again.Logs, again.Spans));
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
                Tell(pipeline, history, new Gap(history.End + 1, history.End + 1));
                pipeline.Push(History.Bytes(history.Events));
            });
            Assert.Equal(new SignalCounts(0, 0, 0), records);
        },
        iter: 50,
        threads: 1);

    private static void Tell(TelemetryPipeline pipeline, History history, Gap gap) =>
        new SessionCatchUp(new BusEvents(pipeline.OpenInput()), gap).Tell(
            history.Session,
            MissedMessage.ReadAll(history.Messages),
            pipeline.PhaseOf(System.Text.Encoding.UTF8.GetBytes(History.SessionId)),
            isBusy: false);

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
