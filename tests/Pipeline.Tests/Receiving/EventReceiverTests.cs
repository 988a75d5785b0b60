using System.Text;
using CsCheck;
using OpencodeOtel.Pipeline.Receiving;
using OpencodeOtel.Pipeline.Tests.Support;

namespace OpencodeOtel.Pipeline.Tests.Receiving;

public sealed class EventReceiverTests
{
    private const int Limit = 64 << 20;

    public static TheoryData<string> AllRecordings => [.. Recordings.All, .. Recordings.SecondInterface];

    public static TheoryData<string> RecordingsWithIds => [.. Recordings.All.Except(Recordings.Run), .. Recordings.SecondInterface];

    public static TheoryData<string> BusRecordings => [.. Recordings.Bus];

    public static TheoryData<string> PairsOfRecordings => [.. Recordings.Pairs];

    [Theory]
    [MemberData(nameof(AllRecordings))]
    public void Nothing_in_a_recording_is_bad_and_everything_is_counted(string name)
    {
        (_, InputCounts counts) = Receive(Recordings.Read(name));
        AssertClosed(counts);
        Assert.Equal(Lines(name).LongCount(line => line.Contains('{', StringComparison.Ordinal)), counts.Read);
        Assert.Equal(counts.Read, counts[EventOutcome.Used] + counts[EventOutcome.Skipped]);
    }

    [Theory]
    [MemberData(nameof(BusRecordings))]
    public void Every_event_of_a_recording_is_read_as_a_document_says(string name)
    {
        (CallLog log, _) = Receive(Recordings.Read(name));
        string[] expected = [.. Lines(name).Where(line => line.StartsWith("data: ", StringComparison.Ordinal)).Select(line => DocumentCalls.Of(line[6..])).OfType<string>()];
        Assert.NotEmpty(expected);
        Assert.Equal(expected, log.Calls);
    }

    [Theory]
    [MemberData(nameof(PairsOfRecordings))]
    public void The_bus_and_the_global_recording_of_a_run_give_the_same_events(string name)
    {
        (CallLog bus, InputCounts counts) = Receive(Recordings.Read(name + ".event.sse"));
        (CallLog global, _) = Receive(Recordings.Read(name + ".global.sse"));
        Assert.NotEmpty(bus.Calls);
        Assert.Equal(counts[EventOutcome.Used], bus.Calls.Count);

        // The global stream also has the sessions of other directories.
        HashSet<string> sessions = [.. bus.Calls.Select(SessionOf)];
        Assert.Equal(bus.Calls, global.Calls.Where(call => sessions.Contains(SessionOf(call))));
    }

    [Fact]
    public void Any_cut_of_a_recording_gives_the_same_calls()
    {
        byte[][] streams = [.. Recordings.All.Concat(Recordings.SecondInterface).Select(Recordings.Read)];
        List<string>[] expected = [.. streams.Select(stream => Receive(stream).Log.Calls)];
        Gen.Select(Gen.Int[0, streams.Length - 1], Gen.Int[1, 5000].Array[1, 20]).Sample(
            (index, pieces) =>
            {
                CallLog log = new();
                EventReceiver receiver = new(log, Limit);
                ReadOnlySpan<byte> rest = streams[index];
                for (int piece = 0; !rest.IsEmpty; piece++)
                {
                    int length = Math.Min(rest.Length, pieces[piece % pieces.Length]);
                    receiver.Push(rest[..length]);
                    rest = rest[length..];
                }

                receiver.Complete();
                return log.Calls.SequenceEqual(expected[index]);
            },
            iter: 100);
    }

    [Theory]
    [MemberData(nameof(RecordingsWithIds))]
    public void A_recording_read_twice_gives_only_duplicates_the_second_time(string name)
    {
        byte[] stream = Recordings.Read(name);
        CallLog log = new();
        EventReceiver receiver = new(log, Limit);
        receiver.Push(stream);
        receiver.Complete();
        int calls = log.Calls.Count;
        receiver.Push(stream);
        receiver.Complete();
        Assert.NotEqual(0, calls);
        Assert.Equal(calls, log.Calls.Count);
        Assert.Equal(receiver.Counts[EventOutcome.Used], receiver.Counts[EventOutcome.Duplicate]);
        AssertClosed(receiver.Counts);
    }

    [Fact]
    public void The_shapes_of_one_event_are_duplicates_of_each_other()
    {
        string bus = """{"id":"evt_1","type":"session.idle","properties":{"sessionID":"s1"}}""";
        (CallLog log, InputCounts counts) = Receive(Encoding.UTF8.GetBytes(
            $$"""
            {{bus}}
            data: {{bus}}

            data: {"payload":{{bus}}}

            {"hook":"event","event":{{bus}}}
            {"properties":{"sessionID":"s1"},"type":"session.idle","\u0069d":"evt\u005f1"}
            """));
        Assert.Single(log.Calls);
        Assert.Equal(4, counts[EventOutcome.Duplicate]);
        AssertClosed(counts);
    }

    [Fact]
    public void Events_that_are_not_used_are_never_duplicates_and_make_none()
    {
        (CallLog log, InputCounts counts) = Receive(
            """
            {"id":"e1","type":"plugin.added","properties":{}}
            {"id":"e1","type":"plugin.added","properties":{}}
            {"id":"e1","type":"session.idle","properties":{"sessionID":7}}
            {"id":"e1","type":"session.idle","properties":{"sessionID":"s1"}}
            {"type":"session.idle","properties":{"sessionID":"s1"}}
            {"type":"session.idle","properties":{"sessionID":"s1"}}
            """u8);
        Assert.Equal(3, log.Calls.Count);
        Assert.Equal(2, counts[EventOutcome.Skipped]);
        Assert.Equal(1, counts[EventOutcome.BadShape]);
        Assert.Equal(0, counts[EventOutcome.Duplicate]);
    }

    [Fact]
    public void Each_way_to_be_bad_is_told_once_with_its_first_line()
    {
        List<(EventOutcome, long)> told = [];
        EventReceiver receiver = new(new CallLog(), 100, (cause, line) => told.Add((cause, line)));
        receiver.Push([
            .. "hello\n{\n{\"type\":\"plugin.added\"}\n{\"type\":7}\n\n"u8,
            .. "{\"x\":\""u8, 0xFF, .. "\"}\n{}\n"u8,
            .. new byte[101], .. "\n{\""u8, 0xFF, .. "\n"u8]);
        receiver.Complete();
        Assert.Equal([(EventOutcome.BadJson, 1), (EventOutcome.BadShape, 4), (EventOutcome.BadUtf8, 6), (EventOutcome.TooLong, 8)], told);
        Assert.Equal(8, receiver.Counts.Read);
        AssertClosed(receiver.Counts);
    }

    [Fact]
    public void Random_bytes_are_survived_and_counted() =>
        Gen.Byte.Array[0, 2000].Sample(bytes =>
        {
            (CallLog log, InputCounts counts) = Receive(bytes);
            AssertClosed(counts);
            return log.Calls.Count == 0;
        });

    [Fact]
    public void Random_damage_to_a_recording_is_survived_and_counted()
    {
        byte[] recording = Recordings.Read("02-edit-commit.event.sse");
        Gen.Select(Gen.Int[0, recording.Length - 1], Gen.Byte).Array[1, 50].Sample(
            damages =>
            {
                byte[] stream = [.. recording];
                foreach ((int at, byte value) in damages)
                {
                    stream[at] = value;
                }

                (CallLog log, InputCounts counts) = Receive(stream);
                AssertClosed(counts);
                return log.Calls.Count == counts[EventOutcome.Used] && log.Calls.Count > 0;
            },
            iter: 200);
    }

    [Fact]
    public void Empty_input_is_nothing()
    {
        (CallLog log, InputCounts counts) = Receive([]);
        Assert.Empty(log.Calls);
        Assert.Equal(0, counts.Read);
    }

    [Fact]
    public void What_the_handler_throws_passes_through() =>
        Assert.Throws<InvalidOperationException>(() =>
            new EventReceiver(new ThrowingHandler(), Limit).Push("{\"type\":\"session.idle\",\"properties\":{\"sessionID\":\"s\"}}\n"u8));

    private static (CallLog Log, InputCounts Counts) Receive(ReadOnlySpan<byte> stream)
    {
        CallLog log = new();
        EventReceiver receiver = new(log, Limit);
        receiver.Push(stream);
        receiver.Complete();
        return (log, receiver.Counts);
    }

    private static string SessionOf(string call) => call.Split(' ')[1];

    private static string[] Lines(string name) => Encoding.UTF8.GetString(Recordings.Read(name)).Split('\n');

    private static void AssertClosed(InputCounts counts) =>
        Assert.Equal(counts.Read, Enum.GetValues<EventOutcome>().Sum(outcome => counts[outcome]));
}
