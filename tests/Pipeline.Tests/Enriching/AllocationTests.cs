using System.Globalization;
using OpencodeOtel.Pipeline.Configuration;
using OpencodeOtel.Pipeline.Enriching;
using OpencodeOtel.Pipeline.Receiving.Events;

namespace OpencodeOtel.Pipeline.Tests.Enriching;

/// <summary>Steady streams allocate nothing.</summary>
public class AllocationTests
{
    private readonly CountingSink _sink = new();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Repeated_updates_of_what_is_known_allocate_nothing(bool isEventClock)
    {
        TelemetryEnricher enricher = Make(isEventClock);
        Open(enricher);
        byte[] text = [.. "some text"u8];

        void Update()
        {
            enricher.SessionUpdated(new SessionEvent { SessionId = "ses_1"u8, ProjectId = "prj_1"u8, TimeCreated = Some.T0 });
            enricher.SessionStatus(new SessionStatusEvent { SessionId = "ses_1"u8, Type = SessionStatusType.Busy });
            enricher.SessionStatus(new SessionStatusEvent { SessionId = "ses_1"u8, Type = SessionStatusType.Retry });
            enricher.MessageUpdated(User("msg_u"u8));
            enricher.MessageUpdated(Assistant("msg_a"u8, completed: 0));
            enricher.MessageUpdated(Assistant("msg_done"u8, completed: Some.T0 + 10));
            enricher.PartUpdated(new PartEvent { Type = PartType.Text, SessionId = "ses_1"u8, MessageId = "msg_u"u8, PartId = "prt_1"u8, Text = new JsonText(text, false, true) });
            enricher.PartUpdated(new PartEvent { Type = PartType.Text, SessionId = "ses_1"u8, MessageId = "msg_a"u8, PartId = "prt_2"u8, Text = new JsonText(text, false, true) });
            enricher.PartUpdated(Tool("call_1"u8, ToolStatus.Running));
            enricher.PartUpdated(Tool("call_done"u8, ToolStatus.Completed));
        }

        Assert.Equal(0, AllocatedBy(Update, warmUp: 100, turns: 1000));
    }

    [Fact]
    public void New_messages_and_calls_reuse_what_old_ones_left()
    {
        // Ids beyond this many are forgotten, so that the memory of them is as large as it gets.
        TelemetryEnricher enricher = Make(isEventClock: true, new EnrichingLimits { RecentIds = 64 });
        Open(enricher);
        byte[] message = [.. "msg_00000000"u8];
        byte[] call = [.. "call_00000000"u8];
        int number = 0;

        void Step()
        {
            number++;
            number.TryFormat(message.AsSpan(4), out _, "D8", CultureInfo.InvariantCulture);
            number.TryFormat(call.AsSpan(5), out _, "D8", CultureInfo.InvariantCulture);
            enricher.MessageUpdated(Assistant(message, completed: 0));
            enricher.PartUpdated(Tool(call, ToolStatus.Running));
            enricher.PartUpdated(Tool(call, ToolStatus.Completed));
            enricher.MessageUpdated(Assistant(message, completed: Some.T0 + 10));
        }

        Assert.Equal(0, AllocatedBy(Step, warmUp: 1000, turns: 1000));
        Assert.Equal(4002, _sink.Spans);
    }

    private static long AllocatedBy(Action step, int warmUp, int turns)
    {
        for (int turn = 0; turn < warmUp; turn++)
        {
            step();
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int turn = 0; turn < turns; turn++)
        {
            step();
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static void Open(TelemetryEnricher enricher)
    {
        enricher.SessionCreated(new SessionEvent { SessionId = "ses_1"u8, ProjectId = "prj_1"u8, TimeCreated = Some.T0, EventTime = Some.T0 });
        enricher.MessageUpdated(User("msg_u"u8));
        enricher.MessageUpdated(Assistant("msg_done"u8, completed: Some.T0 + 10));
        enricher.PartUpdated(Tool("call_done"u8, ToolStatus.Completed));
    }

    private static MessageEvent User(ReadOnlySpan<byte> id) => new()
    {
        MessageId = id,
        SessionId = "ses_1"u8,
        Role = MessageRole.User,
        Agent = "build"u8,
        ProviderId = "acme"u8,
        ModelId = "acme-1"u8,
        TimeCreated = Some.T0,
        EventTime = Some.T0,
    };

    private static MessageEvent Assistant(ReadOnlySpan<byte> id, long completed) => new()
    {
        MessageId = id,
        SessionId = "ses_1"u8,
        Role = MessageRole.Assistant,
        ParentId = "msg_u"u8,
        Agent = "build"u8,
        ProviderId = "acme"u8,
        ModelId = "acme-1"u8,
        TimeCreated = Some.T0,
        TimeCompleted = completed,
        Tokens = Some.Tokens,
        Cost = 0.5,
        Finish = "stop"u8,
        EventTime = Some.T0,
    };

    private static PartEvent Tool(ReadOnlySpan<byte> call, ToolStatus status) => new()
    {
        Type = PartType.Tool,
        SessionId = "ses_1"u8,
        MessageId = "msg_a"u8,
        PartId = "prt_3"u8,
        CallId = call,
        Tool = "bash"u8,
        Status = status,
        TimeStart = Some.T0,
        TimeEnd = status == ToolStatus.Completed ? Some.T0 + 5 : 0,
        EventTime = Some.T0,
    };

    private TelemetryEnricher Make(bool isEventClock, EnrichingLimits? limits = null) =>
        new(new TelemetryOptions { UseEventClock = isEventClock }, new ManualTime(Some.T0), _sink, limits);
}
