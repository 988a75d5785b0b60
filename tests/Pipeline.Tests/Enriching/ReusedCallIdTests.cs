using System.Security.Cryptography;
using System.Text;
using OpencodeOtel.Pipeline.Enriching;
using OpencodeOtel.Pipeline.Receiving.Events;

namespace OpencodeOtel.Pipeline.Tests.Enriching;

/// <summary>Some servers number the calls of each answer anew: calls with one call id are told apart by their parts.</summary>
public class ReusedCallIdTests
{
    private const string Call = "call_0";

    private static Happening[] TwoCalls =>
    [
        Some.SessionCreated(),
        Some.UserMessage(),
        Some.AssistantMessage("msg_a1"),
        Part(ToolStatus.Completed, "prt_a", "bash", 300, 310, "msg_a1"),
        Some.AssistantMessage("msg_a1", completed: Some.T0 + 400),
        Some.AssistantMessage("msg_a2", at: Some.T0 + 410),
        Part(ToolStatus.Running, "prt_b", "read", 420, 0, "msg_a2"),
        Part(ToolStatus.Completed, "prt_b", "read", 420, 460, "msg_a2"),
        Some.AssistantMessage("msg_a2", at: Some.T0 + 410, completed: Some.T0 + 500),
        Some.Idle(),
    ];

    [Fact]
    public void A_second_call_with_the_same_call_id_counts_and_has_a_span_of_its_own()
    {
        Telemetry made = Telemetry.Of(TwoCalls);

        Assert.Equal([("bash", 10.0), ("read", 40.0)], made.MeasurementsOf("tool.duration").Select(one => ((string)one["tool_name"], one.Number)));
        Assert.Equal(["bash", "read"], made.LogsOf("tool_result").Select(log => log["tool_name"]));
        Assert.Equal([(Some.T0 + 300, Some.T0 + 310), (Some.T0 + 420, Some.T0 + 460)], made.ToolSpans.Select(span => (span.Start, span.End)));
        Assert.All(made.ToolSpans, span => Assert.Equal(Call, span["tool.id"]));
        Assert.Equal([Hash($"span\0tool\0{Some.Session}\0{Call}"), Hash($"span\0tool\0{Some.Session}\0{Call}\0prt_b")], made.ToolSpans.Select(span => span.SpanId));
        Assert.Equal(made.ToolSpans.Select(span => span.SpanId), made.LogsOf("tool_result").Select(log => log.SpanId));
        Assert.Equal(made.Lines(), Telemetry.Of(TwoCalls).Lines());
    }

    [Fact]
    public void Each_of_them_counts_once_however_often_it_is_said()
    {
        Telemetry made = Telemetry.Of([.. TwoCalls, .. TwoCalls, .. TwoCalls.Reverse()]);

        Assert.Equal(Telemetry.Of(TwoCalls).Lines(), made.Lines());
    }

    [Fact]
    public void They_may_be_open_at_the_same_time()
    {
        Telemetry made = Telemetry.Of(
            Some.SessionCreated(),
            Some.UserMessage(),
            Part(ToolStatus.Running, "prt_a", "bash", 300, 0, Some.Message),
            Part(ToolStatus.Running, "prt_b", "read", 310, 0, Some.Message),
            Part(ToolStatus.Error, "prt_a", "bash", 300, 320, Some.Message),
            Part(ToolStatus.Completed, "prt_b", "read", 310, 340, Some.Message),
            Some.Idle());

        Assert.Equal([("opencode.tool.bash", 20L), ("opencode.tool.read", 30L)], made.ToolSpans.Select(span => (span.Name, span.End - span.Start)));
        Assert.Single(made.SessionSpans);
    }

    [Fact]
    public void A_permission_is_about_the_one_that_was_said_last()
    {
        Telemetry made = Telemetry.Of(
            Some.SessionCreated(),
            Some.UserMessage(),
            Part(ToolStatus.Completed, "prt_a", "bash", 300, 310, Some.Message),
            Part(ToolStatus.Pending, "prt_b", "write", 0, 0, Some.Message),
            Some.PermissionAsked(permission: "edit", call: Call),
            Part(ToolStatus.Running, "prt_b", "write", 320, 0, Some.Message),
            Some.PermissionReplied("once"),
            Part(ToolStatus.Completed, "prt_b", "write", 320, 330, Some.Message));

        MadeLog decision = Assert.Single(made.LogsOf("tool_decision"));
        Assert.Equal(("write", made.ToolSpans.Last().SpanId), (decision["tool_name"], decision.SpanId));
    }

    [Fact]
    public void Where_a_call_has_no_part_its_call_id_is_its_name()
    {
        Telemetry made = Telemetry.Of(
            Some.SessionCreated(),
            Some.UserMessage(),
            Part(ToolStatus.Completed, Call, "bash", 300, 310, Some.Message),
            Part(ToolStatus.Completed, string.Empty, "read", 320, 330, Some.Message),
            Part(ToolStatus.Completed, Call, "read", 340, 350, Some.Message));

        Assert.Equal("opencode.tool.bash", Assert.Single(made.ToolSpans).Name);
        Assert.Single(made.LogsOf("tool_result"));
    }

    [Fact]
    public void A_call_whose_part_has_too_long_an_id_is_ignored_and_counted()
    {
        Telemetry made = Telemetry.Of(Some.SessionCreated(), Part(ToolStatus.Completed, new string('p', 2000), "bash", 300, 310, Some.Message));

        Assert.Empty(made.LogsOf("tool_result"));
        Assert.Equal(1, made.Enricher.Counts.IdsTooLong);
    }

    [Fact]
    public void Of_too_many_call_ids_the_first_is_forgotten_and_counted()
    {
        var made = new Telemetry(limits: new EnrichingLimits { RecentIds = 2 });
        made.Then(Some.SessionCreated(), Some.UserMessage());
        made.Then(Enumerable.Range(0, 3).Select(number => Some.Tool(ToolStatus.Pending, $"call_{number}")));

        Assert.Equal(1, made.Enricher.Counts.IdsForgotten);
    }

    private static Happening Part(ToolStatus status, string part, string tool, long start, long end, string message) =>
        Some.Tool(status, Call, tool: tool, start: start > 0 ? Some.T0 + start : 0, end: end > 0 ? Some.T0 + end : 0, output: "x", message: message, part: part);

    private static string Hash(string fields) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(fields))[..8]);
}
