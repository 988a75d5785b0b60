using System.Text;
using OpencodeOtel.Pipeline.Receiving;
using OpencodeOtel.Pipeline.Tests.Support;

namespace OpencodeOtel.Pipeline.Tests.Enriching;

/// <summary>Several streams of one session in one: what is said in several shapes happened once.</summary>
public class MixedShapesTests
{
    public static TheoryData<string> Pairs => [.. Recordings.Pairs.Where(name => !name.StartsWith("13", StringComparison.Ordinal))];

    [Fact]
    public void All_shapes_of_the_second_interface_one_after_the_other_are_as_one()
    {
        string[][] streams = [.. Recordings.SecondInterface.Select(Events)];

        Assert.Equal(Read(streams[0]), Read(streams.SelectMany(events => events)));
        Assert.Equal(Read(streams[0]), Read(Interleave(streams)));
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Bus_and_global_stream_one_after_the_other_are_as_the_global_one(string name)
    {
        string[] bus = Events(name + ".event.sse");
        string[] global = Events(name + ".global.sse");

        Assert.Equal(Read(global), Read([.. global, .. bus]));
        Assert.Equal(Read(bus), Read([.. bus, .. bus]));
    }

    [Fact]
    public void Without_ids_messages_calls_and_sessions_of_two_shapes_are_one()
    {
        Telemetry made = JsonStream.Read(
            JsonStream.Created(),
            JsonStream.Prompt(),
            """{"type":"step_start","timestamp":1795000000200,"sessionID":"ses_1","part":{"messageID":"msg_assistant_1","type":"step-start"}}""",
            JsonStream.Message(),
            """{"type":"step_finish","timestamp":1795000000705,"sessionID":"ses_1","part":{"messageID":"msg_assistant_1","cost":0.25,"tokens":{"input":15}}}""",
            JsonStream.Idle());

        Assert.Equal((1.0, 1.0, 15.0), (made.Sum("session.count"), made.Sum("message.count"), made.Sum("token.usage")));
        Assert.Equal(2, made.Spans.Count);
        Assert.Single(made.LogsOf("session.idle"));
    }

    private static string[] Events(string name) =>
        [.. Encoding.UTF8.GetString(Recordings.Read(name)).Split('\n').Where(line => line.StartsWith("data:", StringComparison.Ordinal))];

    private static IEnumerable<string> Interleave(params string[][] streams)
    {
        for (int place = 0; place < streams.Max(events => events.Length); place++)
        {
            foreach (string[] events in streams.Where(events => place < events.Length))
            {
                yield return events[place];
            }
        }
    }

    private static IEnumerable<string> Read(IEnumerable<string> events)
    {
        var made = new Telemetry();
        var receiver = new EventReceiver(made.Enricher, lineLimitBytes: 1 << 26);
        receiver.Push(Encoding.UTF8.GetBytes(string.Join("\n\n", events) + "\n\n"));
        receiver.Complete();
        return made.Complete().Lines();
    }
}
