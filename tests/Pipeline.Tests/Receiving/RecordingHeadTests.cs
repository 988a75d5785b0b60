using System.Text;
using OpencodeOtel.Pipeline.Receiving;
using OpencodeOtel.Pipeline.Tests.Enriching;

namespace OpencodeOtel.Pipeline.Tests.Receiving;

/// <summary>A recording that begins with events without a time: they are of its own first time, not of the clock of whoever replays it.</summary>
public sealed class RecordingHeadTests
{
    // Long after the recording.
    private const long Clock = Some.T0 + 1_000_000_000_000;

    private const string Created = """{"type":"session.created","properties":{"info":{"id":"ses_1","projectID":"prj_1","time":{"created":1795000000100}}}}""";

    private static readonly string[] Untimed =
    [
        """{"id":"e1","type":"session.error","properties":{"sessionID":"ses_1","error":{"name":"APIError"}}}""",
        """{"id":"e2","type":"session.status","properties":{"sessionID":"ses_1","status":{"type":"retry","attempt":1}}}""",
        """{"id":"e3","type":"session.diff","properties":{"sessionID":"ses_1","diff":[{"file":"f","additions":1,"deletions":2}]}}""",
        """{"id":"e4","type":"permission.asked","properties":{"id":"per_1","sessionID":"ses_1","permission":"bash"}}""",
        """{"id":"e5","type":"permission.replied","properties":{"sessionID":"ses_1","requestID":"per_1","reply":"once"}}""",
        """{"id":"e6","type":"command.executed","properties":{"name":"bash","sessionID":"ses_1","arguments":"git commit -m x"}}""",
        """{"id":"e7","type":"session.idle","properties":{"sessionID":"ses_2"}}""",
    ];

    [Fact]
    public void A_run_that_begins_with_an_error_starts_at_the_first_time_of_the_recording()
    {
        (Telemetry made, _) = Read([Untimed[0], JsonStream.Prompt(), JsonStream.Message(), JsonStream.Idle()]);

        MadeSpan session = Assert.Single(made.SessionSpans);
        Assert.Equal((Some.T0 + 100, Some.T0 + 700, "APIError"), (session.Start, session.End, session.StatusMessage));
        Assert.Equal((Some.T0 + 100, Some.T0 + 100), (Assert.Single(made.LogsOf("session.error")).Time, made.LogsOf("session.error").Single().Observed));
    }

    [Fact]
    public void No_signal_is_of_our_clocks_time()
    {
        (Telemetry made, EventReceiver receiver) = Read(["""{"type":"server.connected","properties":{}}""", .. Untimed, Untimed[0], Created, JsonStream.Prompt(), JsonStream.Message(), JsonStream.Idle()]);

        Assert.Equal(
            ["session.error", "tool_decision", "commit", "session.idle", "session.created", "user_prompt", "api_request", "session.idle"],
            made.Logs.Select(log => log.Body));
        Assert.All(made.Logs, log => Assert.InRange(log.Observed, Some.T0, Some.T0 + 1000));
        Assert.All(made.Logs, log => Assert.InRange(log.Time, Some.T0, Some.T0 + 1000));
        Assert.All(made.Measurements, one => Assert.InRange(one.Time, Some.T0, Some.T0 + 1000));
        Assert.All(made.Spans, span => Assert.InRange(span.Start, Some.T0, span.End));
        Assert.All(made.Spans, span => Assert.InRange(span.End, Some.T0, Some.T0 + 1000));
        Assert.Equal((1.0, 1.0, 3.0), (made.Sum("retry.count"), made.Sum("commit.count"), made.Sum("lines_of_code.count")));
        Assert.Equal((13, 11, 1, 1), (receiver.Counts.Read, receiver.Counts[EventOutcome.Used], receiver.Counts[EventOutcome.Skipped], receiver.Counts[EventOutcome.Duplicate]));
        Assert.False(receiver.WaitsForTime);
    }

    [Fact]
    public void Nothing_is_made_before_the_first_time()
    {
        (Telemetry made, EventReceiver receiver) = Open();
        receiver.Push(Encoding.UTF8.GetBytes(string.Join('\n', Untimed) + '\n'));
        Assert.Equal((0, 0, true), (made.Logs.Count, made.Measurements.Count, receiver.WaitsForTime));

        receiver.Push(Encoding.UTF8.GetBytes(Created + '\n'));
        Assert.NotEmpty(made.Logs);
    }

    [Fact]
    public void Without_any_time_it_is_our_clocks()
    {
        (Telemetry made, _) = Read(Untimed);

        Assert.Equal(["session.error", "tool_decision", "commit", "session.idle", "session.idle"], made.Logs.Select(log => log.Body));
        Assert.All(made.Logs, log => Assert.Equal(Clock, log.Observed));
    }

    [Fact]
    public void An_end_of_a_recording_in_which_nothing_waits_leaves_the_next_its_own_time()
    {
        (Telemetry made, EventReceiver receiver) = Open();
        receiver.Push("{\"type\":\"server.connected\",\"properties\":{}}\n"u8);
        receiver.Complete();
        receiver.Push(Encoding.UTF8.GetBytes(string.Join('\n', [.. Untimed, Created])));
        receiver.Complete();

        Assert.All(made.Logs, log => Assert.Equal(Some.T0 + 100, log.Observed));
    }

    [Fact]
    public void A_beginning_that_is_too_long_is_not_waited_for_and_counted()
    {
        string diff = $$$"""{"type":"session.diff","properties":{"sessionID":"ses_1","diff":[{"file":"{{{new string('f', RecordingHead.MostBytes / 4)}}}","additions":1,"deletions":2}]}}""";
        (Telemetry made, EventReceiver receiver) = Open();
        receiver.Push(Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Repeat(diff, 5)) + '\n'));

        Assert.Equal((1, false), (receiver.HeadsGivenUp, receiver.WaitsForTime));
        Assert.Equal(5 * 2, made.MeasurementsOf("lines_of_code.total").Count());
    }

    private static (Telemetry Made, EventReceiver Receiver) Read(IEnumerable<string> lines)
    {
        (Telemetry made, EventReceiver receiver) = Open();
        receiver.Push(Encoding.UTF8.GetBytes(string.Join('\n', lines)));
        receiver.Complete();
        return (made.Complete(), receiver);
    }

    private static (Telemetry Made, EventReceiver Receiver) Open()
    {
        var made = new Telemetry(Telemetry.Replay, time: new ManualTime(Clock));
        return (made, new EventReceiver(made.Enricher, lineLimitBytes: 1 << 26, begin: made.Enricher.BeginRecording));
    }
}
