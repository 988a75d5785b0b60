using OpencodeOtel.Pipeline.Enriching;
using OpencodeOtel.Pipeline.Receiving.Events;

namespace OpencodeOtel.Pipeline.Tests.Enriching;

/// <summary>Section 3 of the specification, decisions: by whom a tool was let through, or not.</summary>
public class PermissionTests
{
    [Theory]
    [InlineData("once", "accept")]
    [InlineData("always", "accept")]
    [InlineData("allow", "accept")]
    [InlineData("allowAlways", "accept")]
    [InlineData("reject", "reject")]
    [InlineData("deny", "reject")]
    [InlineData("ONCE", "reject")]
    public void A_reply_accepts_or_rejects(string reply, string decision)
    {
        Telemetry made = Telemetry.Of(Some.SessionCreated(), Some.UserMessage(), Some.ToolRunning(), Some.PermissionAsked(), Some.PermissionReplied(reply));

        MadeLog log = Assert.Single(made.LogsOf("tool_decision"));
        Assert.Equal((decision, reply, "bash", "bash"), (log["decision"], log["source"], log["tool_name"], log["tool_type"]));
        Assert.Equal("INFO", log.SeverityText);
    }

    [Theory]
    [InlineData("external_directory", "", true, "read")]
    [InlineData("external_directory", "", false, "external_directory")]
    [InlineData("bash", "Run ls", true, "Run ls")]
    [InlineData("bash", "Run ls", false, "Run ls")]
    public void The_tool_is_the_title_else_that_of_the_call_else_what_is_asked_for(string type, string title, bool isCallKnown, string name)
    {
        Telemetry made = Telemetry.Of(Some.SessionCreated());
        made.Then(isCallKnown ? [Some.ToolRunning(tool: "read")] : []);
        made.Then(Some.PermissionAsked(permission: type, title: title), Some.PermissionReplied("once"));

        MadeLog log = Assert.Single(made.LogsOf("tool_decision"));
        Assert.Equal((name, type), (log["tool_name"], log["tool_type"]));
    }

    [Fact]
    public void A_call_that_is_only_announced_names_the_tool()
    {
        Telemetry made = Telemetry.Of(
            Some.SessionCreated(),
            Some.UserMessage(),
            Some.Tool(ToolStatus.Pending, tool: "read"),
            Some.PermissionAsked(permission: "external_directory"),
            Some.PermissionReplied("reject"),
            Some.ToolFailed(tool: "read"));

        MadeLog log = Assert.Single(made.LogsOf("tool_decision"));
        Assert.Equal(("read", "external_directory", "reject"), (log["tool_name"], log["tool_type"], log["decision"]));
    }

    [Fact]
    public void Announced_calls_beyond_the_bound_are_forgotten_and_counted()
    {
        var made = new Telemetry(limits: new EnrichingLimits { Calls = 1 });
        made.Then(
            Some.Tool(ToolStatus.Pending, tool: "read"),
            Some.Tool(ToolStatus.Pending, "call_2", tool: "edit"),
            Some.Tool(ToolStatus.Pending, "call_2", tool: "edit"),
            Some.PermissionAsked(permission: "external_directory"),
            Some.PermissionReplied("once"));

        Assert.Equal("external_directory", Assert.Single(made.LogsOf("tool_decision"))["tool_name"]);
        Assert.Equal(1, made.Enricher.Counts.AnnouncedCallsForgotten);
    }

    [Fact]
    public void A_call_that_begins_after_its_request_names_the_tool()
    {
        Telemetry made = Telemetry.Of(
            Some.SessionCreated(), Some.UserMessage(), Some.PermissionAsked(permission: "doom_loop"), Some.ToolRunning(tool: "read"), Some.PermissionReplied("once"), Some.ToolCompleted(tool: "read"));

        MadeLog log = Assert.Single(made.LogsOf("tool_decision"));
        Assert.Equal("read", log["tool_name"]);
        Assert.Equal(Assert.Single(made.ToolSpans).SpanId, log.SpanId);
    }

    [Fact]
    public void A_reply_to_a_request_that_was_not_seen_is_of_an_unknown_tool()
    {
        Telemetry made = Telemetry.Of(Some.SessionCreated(), Some.PermissionReplied("once"));

        MadeLog log = Assert.Single(made.LogsOf("tool_decision"));
        Assert.Equal(("unknown", "unknown", "accept"), (log["tool_name"], log["tool_type"], log["decision"]));
    }

    [Fact]
    public void Requests_beyond_the_bound_are_forgotten_and_counted()
    {
        var made = new Telemetry(limits: new EnrichingLimits { Permissions = 1 });
        made.Then(
            Some.SessionCreated(), Some.PermissionAsked("per_1"), Some.PermissionAsked("per_1"), Some.PermissionAsked("per_2"), Some.PermissionReplied("once", "per_1"), Some.PermissionReplied("once", "per_2"));

        Assert.Equal(["unknown", "bash"], made.LogsOf("tool_decision").Select(log => log["tool_type"]));
        Assert.Equal(1, made.Enricher.Counts.PermissionsForgotten);
    }
}
