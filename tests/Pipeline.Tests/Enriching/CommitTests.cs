using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Receiving.Events;

namespace OpencodeOtel.Pipeline.Tests.Enriching;

/// <summary>Section 7 of the specification, commits: which calls commit, and what is said of it.</summary>
public class CommitTests
{
    [Fact]
    public void A_commit_of_a_bash_call_is_counted_and_logged_at_the_calls_end()
    {
        Telemetry made = Telemetry.Of(Some.SessionCreated(), Some.UserMessage(), Some.Bash("git add -A && git commit -m \"x\""));

        MadeMeasurement count = Assert.Single(made.MeasurementsOf("commit.count"));
        Assert.Equal((1L, Some.Session, Some.Project), (count.Value, count["session.id"], count["project.id"]));
        MadeLog log = Assert.Single(made.LogsOf("commit"));
        Assert.Equal((SeverityNumber.Info, Some.T0 + 420, 3), (log.Severity, log.Time, log.Attributes.Count));
        Assert.Equal(Assert.Single(made.ToolSpans).SpanId, log.SpanId);
    }

    [Fact]
    public void Each_commit_of_a_call_counts()
    {
        Telemetry made = Telemetry.Of(Some.SessionCreated(), Some.Bash("git commit -m a\ngit commit -m b"));

        Assert.Equal(2.0, made.Sum("commit.count"));
        Assert.Equal(2, made.LogsOf("commit").Count());
    }

    [Theory]
    [InlineData(0L, "bash", nameof(ToolStatus.Completed), 1)]
    [InlineData(1L, "bash", nameof(ToolStatus.Completed), 0)]
    [InlineData(null, "bash", nameof(ToolStatus.Completed), 0)]
    [InlineData(0L, "bash", nameof(ToolStatus.Error), 0)]
    [InlineData(0L, "bash", nameof(ToolStatus.Running), 0)]
    [InlineData(0L, "read", nameof(ToolStatus.Completed), 0)]
    public void Only_a_bash_call_that_succeeded_commits(long? exit, string tool, string status, int count)
    {
        Telemetry made = Telemetry.Of(Some.SessionCreated(), Some.Bash("git commit -m x", exit, tool: tool, status: Enum.Parse<ToolStatus>(status)));

        Assert.Equal(count, made.Sum("commit.count"));
    }

    [Fact]
    public void A_repeated_end_of_a_call_commits_once()
    {
        Telemetry made = Telemetry.Of(Some.SessionCreated(), Some.Bash("git commit -m x"), Some.Bash("git commit -m x"));

        Assert.Equal(1.0, made.Sum("commit.count"));
    }

    [Theory]
    [InlineData("bash", "git commit -m x", 1)]
    [InlineData("bash", "git status", 0)]
    [InlineData("changelog", "git commit -m x", 0)]
    public void A_slash_command_named_bash_commits(string name, string arguments, int count)
    {
        Telemetry made = Telemetry.Of(Some.SessionCreated(), Some.Command(name, arguments));

        Assert.Equal(count, made.Sum("commit.count"));
    }

    [Fact]
    public void The_commits_of_history_are_not_news()
    {
        Telemetry made = Telemetry.Of(Some.SessionCreated(at: Some.T0 + 10_000), Some.Bash("git commit -m x"));

        Assert.Equal(0.0, made.Sum("commit.count"));
    }
}
