namespace OpencodeOtel.Pipeline.Tests.Enriching;

public class SubtaskTests
{
    [Fact]
    public void A_subtask_is_counted_and_logged_once_however_often_its_part_is_said()
    {
        Telemetry made = Telemetry.Of(Some.SessionCreated(), Some.UserMessage(), Some.SubtaskPart(prompt: "Look 😀"), Some.SubtaskPart(prompt: "Look 😀"), Some.SubtaskPart("general", id: "prt_2"));

        Assert.Equal([(1L, "reviewer"), (1L, "general")], made.MeasurementsOf("subtask.count").Select(one => ((long)one.Value, (string)one["agent"])));
        MadeLog log = made.LogsOf("subtask_invoked").First();
        Assert.Equal(("reviewer", "look at it", 7L, "INFO"), (log["agent"], log["description"], log["prompt_length"], log.SeverityText));
        Assert.Equal(2, made.LogsOf("subtask_invoked").Count());
    }

    [Fact]
    public void A_subtask_without_an_agent_is_an_unknown_ones()
    {
        Telemetry made = Telemetry.Of(Some.SessionCreated(), Some.UserMessage(), Some.SubtaskPart(agent: ""));

        Assert.Equal("unknown", Assert.Single(made.MeasurementsOf("subtask.count"))["agent"]);
    }

    [Fact]
    public void A_subtask_whose_prompt_was_missed_counts_once()
    {
        Telemetry made = Telemetry.Of(
            Some.SubtaskPart(message: "msg_missed"), Some.SubtaskPart(message: "msg_missed"), Some.UserMessage("msg_missed"), Some.SubtaskPart(message: "msg_missed"));

        Assert.Equal("reviewer", Assert.Single(made.MeasurementsOf("subtask.count"))["agent"]);
        Assert.Equal(("reviewer", "look at it", 15L), (Assert.Single(made.LogsOf("subtask_invoked"))["agent"], made.LogsOf("subtask_invoked").Single()["description"], made.LogsOf("subtask_invoked").Single()["prompt_length"]));
    }

    [Fact]
    public void A_subtask_of_history_is_not_news()
    {
        Telemetry made = Telemetry.Of(Some.SessionCreated(at: Some.T0 + 10_000), Some.UserMessage("msg_old"), Some.SubtaskPart(message: "msg_old"));

        Assert.Empty(made.LogsOf("subtask_invoked"));
    }
}
