using CsCheck;
using OpencodeOtel.Pipeline.Attaching;
using OpencodeOtel.Pipeline.Configuration;
using OpencodeOtel.Pipeline.Tests.Replaying;
using OpencodeOtel.Pipeline.Tests.Support;
using OpencodeOtel.TestCollector;

namespace OpencodeOtel.Pipeline.Tests.Attaching;

/// <summary>Several sessions, sub-agents and errors among them: whatever is missed and read afterwards, telemetry is as if nothing had been.</summary>
public sealed class GapTellerTests : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    /// <summary>A run that is over by its documents ends with its last message; said by an event, with the last that was said before.</summary>
    private const long EndTolerance = 1500;

    private static readonly Dictionary<string, RecordedHistory> Histories = new()
    {
        ["04-subagent"] = Recorded("04-subagent.event.sse"),
        ["05-abort"] = Recorded("05-abort.event.sse"),
        ["06-errors-retry"] = Recorded("06-errors-retry.event.sse"),
        ["nested"] = new RecordedHistory(NestedSubAgents.Happen()),
    };

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("gap-teller-");

    public static TheoryData<string> Names => [.. Histories.Keys];

    public void Dispose() => _directory.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Wherever_the_stream_was_cut_and_whenever_the_documents_were_read_telemetry_is_that_of_the_whole(string name)
    {
        RecordedHistory history = Histories[name];
        await Cuts(history).SampleAsync(
            async cut =>
            {
                // What leaves nothing in the documents is missed, and nothing else.
                ToldTelemetry whole = await TelemetryAsync(pipeline => Push(
                    pipeline, Enumerable.Range(0, history.Events.Count).Where(i => i < cut.Seen || i >= cut.Back || !history.IsUnreadable(i, cut.Read)).Select(i => history.Events[i])));
                ToldTelemetry caughtUp = await TelemetryAsync(pipeline =>
                {
                    Push(pipeline, history.Events.Take(cut.Seen));
                    new GapTeller(pipeline, GapAfter(history, cut.Seen)).Tell(history.SessionsAt(cut.Read));
                    Push(pipeline, history.Events.Skip(cut.Back));
                });
                Same(caughtUp.DifferencesFrom(whole));
                Assert.All(whole.Ends, end => Assert.InRange((long)caughtUp.Ends[end.Key] - (long)end.Value, -EndTolerance, EndTolerance));
            },
            iter: 80,
            threads: 1);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task What_is_told_twice_is_counted_once(string name)
    {
        RecordedHistory history = Histories[name];
        await Cuts(history).SampleAsync(
            async cut =>
            {
                async Task<ToldTelemetry> ToldAsync(int times) => await TelemetryAsync(pipeline =>
                {
                    Push(pipeline, history.Events.Take(cut.Seen));
                    for (int i = 0; i < times; i++)
                    {
                        new GapTeller(pipeline, GapAfter(history, cut.Seen)).Tell(history.SessionsAt(cut.Read));
                    }
                });
                Same((await ToldAsync(2)).DifferencesFrom(await ToldAsync(1)));
            },
            iter: 20,
            threads: 1);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Whoever_comes_late_gives_every_later_span_the_place_it_has_in_the_whole(string name)
    {
        RecordedHistory history = Histories[name];
        ToldTelemetry whole = await TelemetryAsync(pipeline => Push(pipeline, history.Events));
        await Gen.Int[1, history.Events.Count].Where(back => !history.HasUntoldError(back)).SampleAsync(
            async back =>
            {
                ToldTelemetry late = await TelemetryAsync(pipeline =>
                {
                    long now = history.TimeAt(back) + 1;
                    new GapTeller(pipeline, new Gap(now, now)).Tell(history.SessionsAt(back));
                    Push(pipeline, history.Events.Skip(back));
                });
                Same(string.Join('\n', late.Places.Except(whole.Places)));
            },
            iter: 40,
            threads: 1);
    }

    private static void Same(string differences) => Assert.True(differences.Length == 0, differences);

    private static RecordedHistory Recorded(string name) => new(RecordedEvents.Of(Recordings.Read(name)));

    /// <summary>How many events were seen, with which one the stream came back, and after which one the documents were read.</summary>
    private static Gen<(int Seen, int Back, int Read)> Cuts(RecordedHistory history) =>
        from seen in Gen.Int[0, history.Events.Count]
        from back in Gen.Int[Math.Max(seen, 1), history.Events.Count]
        from read in Gen.OneOf(Gen.Const(back), Gen.Int[back, history.LatestReading(back)])
        select (seen, back, read);

    private static Gap GapAfter(RecordedHistory history, int seen)
    {
        long lost = seen == 0 ? 0 : history.TimeAt(seen) + 1;
        return new Gap(lost - (long)AttachLimits.GapMargin.TotalMilliseconds, lost);
    }

    private static void Push(TelemetryPipeline pipeline, IEnumerable<string> events) => pipeline.Push(RecordedEvents.Join([.. events, string.Empty]));

    private async Task<ToldTelemetry> TelemetryAsync(Action<TelemetryPipeline> work)
    {
        string directory = _directory.CreateSubdirectory(Guid.NewGuid().ToString("N")).FullName;
        await using (TelemetryPipeline pipeline = TelemetryPipeline.Create(new TelemetryOptions
        {
            UseEventClock = true,
            Exporters = [new ExporterOptions { Kind = ExporterKind.File, Name = "file", Directory = directory }],
        }))
        {
            work(pipeline);
            await pipeline.CompleteAsync(Deadline);
        }

        IReadOnlyList<ReceivedRequest> requests = await OtlpFile.ReadAsync(directory);
        Directory.Delete(directory, recursive: true);
        return new ToldTelemetry(requests);
    }
}
