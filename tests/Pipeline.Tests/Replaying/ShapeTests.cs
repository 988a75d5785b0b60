using OpencodeOtel.Pipeline.Tests.Support;

namespace OpencodeOtel.Pipeline.Tests.Replaying;

/// <summary>One run, recorded in several shapes, gives one telemetry.</summary>
public class ShapeTests
{
    /// <summary>Gets the runs in which something was done in another directory, too: the bus is one directory's, the global stream has all of them.</summary>
    public static IReadOnlyList<string> GlobalStreamsThatSayMore { get; } = ["09-concurrent"];

    /// <summary>Gets the recordings of the second interface that say what the bus says of the same session.</summary>
    public static IReadOnlyList<string> SaidByTheBusToo { get; } =
        ["second-interface/12-v2-api.global.sse", "second-interface/12-v2-api.api-event.sse"];

    public static TheoryData<string> GlobalStreams => [.. Recordings.Pairs.Except(GlobalStreamsThatSayMore)];

    public static TheoryData<string> HookStreams => [.. Recordings.Hook];

    public static TheoryData<string> SecondInterface => [.. SaidByTheBusToo];

    [Theory]
    [MemberData(nameof(GlobalStreams))]
    public void The_global_stream_gives_what_the_bus_gives(string run) => AssertSame($"{run}.event.sse", $"{run}.global.sse");

    [Theory]
    [MemberData(nameof(HookStreams))]
    public void A_plugins_hooks_give_what_the_bus_gives(string name) => AssertSame(name.Replace(".plugin.ndjson", ".event.sse", StringComparison.Ordinal), name);

    [Theory]
    [MemberData(nameof(SecondInterface))]
    public void The_second_interface_gives_what_the_bus_gives_of_it(string name) => AssertSame("second-interface/12-v2-api.event.sse", name);

    /// <summary>A stream of one session lacks the creation of the session, and so its project and its start; what is in it is the same.</summary>
    [Fact]
    public void The_stream_of_one_session_of_the_second_interface_gives_the_same_work()
    {
        Replayed bus = Replayed.Of(Recordings.Read("second-interface/12-v2-api.event.sse"));
        Replayed session = Replayed.Of(Recordings.Read("second-interface/12-v2-api.api-session-event.sse"));

        Assert.Equal(bus.Spans.Select(span => span.SpanId), session.Spans.Select(span => span.SpanId));
        Assert.Equal(bus.Logs.Select(log => log.EventName).Where(name => name != "session.created"), session.Logs.Select(log => log.EventName));
        Assert.Equal(TotalsWithoutProject(bus).Where(total => !total.StartsWith("opencode.session.count", StringComparison.Ordinal)), TotalsWithoutProject(session));
    }

    /// <summary>The global stream has the sessions of all directories, each as its own directory's bus tells it.</summary>
    [Fact]
    public void The_global_stream_of_several_directories_holds_all_that_the_bus_of_one_gives()
    {
        HashSet<string> global = [.. Records("09-concurrent.global.sse")];
        Assert.All(Records("09-concurrent.event.sse"), record => Assert.Contains(record, global));

        IEnumerable<string> Records(string name)
        {
            Replayed replayed = Replayed.Of(Recordings.Read(name));
            return TelemetryText.Spans(replayed).Concat(TelemetryText.Logs(replayed));
        }
    }

    private static IEnumerable<string> TotalsWithoutProject(Replayed replayed) => TelemetrySummary.Totals(replayed)
        .Select(total => $"{string.Join(' ', total.Key.Split(' ').Where(word => !word.StartsWith("project.id=", StringComparison.Ordinal)))}: {total.Value}".Replace(" :", ":", StringComparison.Ordinal));

    private static void AssertSame(string one, string other) =>
        Assert.Equal(TelemetryText.Of(Replayed.Of(Recordings.Read(one))), TelemetryText.Of(Replayed.Of(Recordings.Read(other))));
}
