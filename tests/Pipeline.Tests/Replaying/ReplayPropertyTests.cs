using CsCheck;
using OpencodeOtel.Pipeline.Tests.Support;

namespace OpencodeOtel.Pipeline.Tests.Replaying;

/// <summary>What holds for every recording, however its bytes and events come.</summary>
public class ReplayPropertyTests
{
    /// <summary>Totals that do not hang on when something was said; lines do, since they grow and shrink.</summary>
    private static readonly string[] OrderFree =
        ["session.count", "token.usage", "cost.usage", "cache.count", "message.count", "model.usage", "retry.count", "tool.duration", "subtask.count", "commit.count"];

    private static readonly string[] Everything = [.. Recordings.Everything.Where(name => !name.StartsWith("13-load", StringComparison.Ordinal))];
    private static readonly string[] Bus = [.. Recordings.Bus.Where(name => !name.StartsWith("13-load", StringComparison.Ordinal))];
    private static readonly Dictionary<string, Replayed> Whole = Everything.ToDictionary(name => name, name => Replayed.Of(Recordings.Read(name)));

    private static readonly Gen<string> AnyRecording = AnyOf(Everything);
    private static readonly Gen<string> AnyBus = AnyOf(Bus);
    private static readonly Gen<string> AnyPair = AnyOf([.. Recordings.Pairs.Except(ShapeTests.GlobalStreamsThatSayMore).Where(run => run != "13-load")]);

    [Fact]
    public void Any_permutation_that_keeps_each_messages_own_order_gives_the_same_totals() =>
        Gen.Select(AnyBus, Gen.Int).Sample(
            (name, seed) =>
            {
                Replayed mixed = Replayed.Of(RecordedEvents.Join(RecordedEvents.Permute(RecordedEvents.Of(Recordings.Read(name)), seed)));

                AssertClose(OrderFreeTotals(Whole[name]), OrderFreeTotals(mixed));
                Assert.Equal(StepIds(Whole[name]), StepIds(mixed));
                Assert.Equal(LogCounts(Whole[name]), LogCounts(mixed));
            },
            iter: 60);

    [Fact]
    public void Any_split_of_the_bytes_gives_the_same_telemetry() =>
        Gen.Select(AnyRecording, Gen.Int[1, 3000].Array[1, 20]).Sample(
            (name, sizes) => Assert.Equal(TelemetryText.Of(Whole[name]), TelemetryText.Of(Replayed.Of(Split(Recordings.Read(name), sizes)))),
            iter: 60);

    [Fact]
    public void One_byte_at_a_time_gives_the_same_telemetry() =>
        Assert.All(["01-chat.event.sse", "21-run-tools.run.ndjson"], name =>
            Assert.Equal(TelemetryText.Of(Whole[name]), TelemetryText.Of(Replayed.Of(Split(Recordings.Read(name), [1])))));

    [Fact]
    public void A_replay_gives_the_same_telemetry_again() =>
        Assert.All(Everything, name => Assert.Equal(TelemetryText.Of(Whole[name]), TelemetryText.Of(Replayed.Of(Recordings.Read(name)))));

    [Fact]
    public void A_recording_twice_in_one_stream_is_as_good_as_once() =>
        Assert.All(Bus, name => Assert.Equal(TelemetryText.Of(Whole[name]), TelemetryText.Of(Replayed.Of([.. Recordings.Read(name), .. Recordings.Read(name)]))));

    /// <summary>Whoever comes late names the same steps as one who saw all; but for a fork, whose creation tells what is history.</summary>
    [Fact]
    public void Whoever_comes_in_the_middle_gives_the_same_ids_to_what_is_seen() =>
        Gen.Select(AnyOf([.. Bus.Where(name => !name.StartsWith("10-", StringComparison.Ordinal))]), Gen.Double[0, 1]).Sample(
            (name, start) =>
            {
                string[] events = RecordedEvents.Of(Recordings.Read(name));
                Replayed late = Replayed.Of(RecordedEvents.Join(events.Skip((int)(start * events.Length))));

                Assert.Subset(StepIds(Whole[name]).ToHashSet(), StepIds(late).ToHashSet());
            },
            iter: 60);

    [Fact]
    public void A_prefix_never_throws_and_its_totals_never_exceed_the_wholes() =>
        Gen.Select(AnyRecording, Gen.Double[0, 1]).Sample(
            (name, part) =>
            {
                byte[] stream = Recordings.Read(name);
                SortedDictionary<string, double> whole = SumsByMetric(Whole[name]);
                Replayed prefix = Replayed.Of(stream[..(int)(part * stream.Length)]);

                Assert.All(SumsByMetric(prefix), sum => Assert.InRange(sum.Value, 0, whole[sum.Key] + 1e-9));
            },
            iter: 80);

    [Fact]
    public void Any_interleaving_of_the_bus_and_the_global_stream_gives_what_one_gives() =>
        Gen.Select(AnyPair, Gen.Int).Sample(
            (run, seed) =>
            {
                string[][] streams = [RecordedEvents.Of(Recordings.Read($"{run}.event.sse")), RecordedEvents.Of(Recordings.Read($"{run}.global.sse"))];

                Assert.Equal(
                    TelemetryText.Of(Whole[$"{run}.event.sse"]),
                    TelemetryText.Of(Replayed.Of(RecordedEvents.Join(RecordedEvents.Mix(streams, seed)))));
            },
            iter: 40);

    [Fact]
    public void Whatever_else_the_standard_of_SSE_allows_changes_nothing() =>
        Gen.Select(AnyBus, Gen.Int, Gen.Int[1, 3000]).Sample(
            (name, seed, size) =>
            {
                byte[] decorated = SseDecoration.Decorate(RecordedEvents.Of(Recordings.Read(name)), seed);

                Assert.Equal(TelemetryText.Of(Whole[name]), TelemetryText.Of(Replayed.Of(Split(decorated, [size]))));
            },
            iter: 60);

    private static Gen<string> AnyOf(string[] names) => Gen.Int[0, names.Length - 1].Select(index => names[index]);

    private static IEnumerable<ReadOnlyMemory<byte>> Split(byte[] stream, int[] sizes)
    {
        for (int start = 0, index = 0; start < stream.Length; index++)
        {
            int size = Math.Min(sizes[index % sizes.Length], stream.Length - start);
            yield return stream.AsMemory(start, size);
            start += size;
        }
    }

    private static Dictionary<string, double> OrderFreeTotals(Replayed replayed) => TelemetrySummary.Totals(replayed)
        .Where(total => OrderFree.Any(suffix => total.Key.StartsWith($"opencode.{suffix} ", StringComparison.Ordinal)))
        .ToDictionary();

    private static void AssertClose(Dictionary<string, double> expected, Dictionary<string, double> actual)
    {
        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), actual.Keys.Order(StringComparer.Ordinal));
        Assert.All(expected, total => Assert.Equal(total.Value, actual[total.Key], 1e-9));
    }

    /// <summary>The ids of the spans of steps and calls, which do not hang on where a run begins.</summary>
    private static IEnumerable<string> StepIds(Replayed replayed) => replayed.Spans
        .Where(span => span.Name != "opencode.session")
        .Select(span => Convert.ToHexStringLower(span.SpanId.Span))
        .Order(StringComparer.Ordinal);

    private static IEnumerable<string> LogCounts(Replayed replayed) => replayed.Logs
        .Where(log => log.EventName != "session.idle")
        .GroupBy(log => log.EventName)
        .Select(same => $"{same.Key} {same.Count()}")
        .Order(StringComparer.Ordinal);

    /// <summary>The sum of each metric over all its series; not of a gauge, which may fall.</summary>
    private static SortedDictionary<string, double> SumsByMetric(Replayed replayed) => new(
        TelemetrySummary.Totals(replayed)
            .GroupBy(total => string.Join(' ', total.Key.Split(' ').TakeWhile(word => !word.Contains('=', StringComparison.Ordinal))))
            .Where(same => same.Key != "opencode.lines_of_code.total")
            .ToDictionary(same => same.Key, same => same.Sum(total => total.Value)),
        StringComparer.Ordinal);
}
