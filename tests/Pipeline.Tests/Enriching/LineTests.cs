using CsCheck;
using OpencodeOtel.Pipeline.Receiving;
using OpencodeOtel.Pipeline.Receiving.Events;
using OpencodeOtel.Pipeline.Tests.Support;

namespace OpencodeOtel.Pipeline.Tests.Enriching;

/// <summary>Section 6 of the specification, lines of code: where a session's total comes from, and what is said of it.</summary>
public class LineTests
{
    [Fact]
    public void The_total_is_the_sum_of_the_messages_latest_lists_and_the_counter_has_its_growth()
    {
        Telemetry made = Telemetry.Of(
            Some.SessionCreated(),
            Message("msg_u1", (0, 0)),
            Message("msg_u1", (1, 1)),
            Message("msg_u1", (1, 1)),
            Message("msg_u1", (3, 0), (1, 1)),
            Message("msg_u2", (10, 5)));

        Assert.Equal(["1/1", "4/1", "14/6"], Totals(made));
        Assert.Equal((14.0, 6.0), Counted(made));
    }

    [Fact]
    public void Only_growth_is_counted_and_both_types_of_the_total_are_said()
    {
        Telemetry made = Telemetry.Of(Some.SessionCreated(), Message("msg_u1", (3, 0)));

        MadeMeasurement count = Assert.Single(made.MeasurementsOf("lines_of_code.count"));
        Assert.Equal(("added", 3L), (count["type"], count.Value));
        Assert.Equal([("added", 3L), ("removed", 0L)], made.MeasurementsOf("lines_of_code.total").Select(one => ((string)one["type"], (long)one.Value)));
    }

    [Fact]
    public void A_message_without_diffs_says_nothing()
    {
        Telemetry made = Telemetry.Of(Some.SessionCreated(), Some.UserMessage(), Message(Some.Prompt), Some.Diff(), Some.UserMessage());

        Assert.Empty(Totals(made));
    }

    [Fact]
    public void A_removed_message_takes_its_share_away_and_growing_again_counts_again()
    {
        Telemetry made = Telemetry.Of(
            Some.SessionCreated(), Message("msg_u1", (1, 1)), Message("msg_u2", (3, 0)), Some.MessageRemoved("msg_u2"), Some.MessageRemoved("msg_u2"), Message("msg_u3", (3, 0)));

        Assert.Equal(["1/1", "4/1", "1/1", "4/1"], Totals(made));
        Assert.Equal((7.0, 1.0), Counted(made));
    }

    [Fact]
    public void The_total_lives_as_long_as_the_session_not_as_its_run()
    {
        Telemetry made = Telemetry.Of(
            Some.SessionCreated(), Message("msg_u1", (5, 5)), Some.Idle(), Message("msg_u1", (5, 5)), Message("msg_u2", (1, 0)), Some.Idle(), Message("msg_u2", (2, 0)));

        Assert.Equal(["5/5", "6/5", "7/5"], Totals(made));
        Assert.Equal((7.0, 5.0), Counted(made));
    }

    [Fact]
    public void A_filled_session_diff_replaces_the_total_and_is_said_each_time()
    {
        Telemetry made = Telemetry.Of(Some.SessionCreated(), Some.Diff((3, 0)), Some.Diff((3, 0)), Some.Diff((3, 0), (1, 2)), Some.Diff((1, 1)));

        Assert.Equal(["3/0", "3/0", "4/2", "1/1"], Totals(made));
        Assert.Equal((4.0, 2.0), Counted(made));
    }

    [Fact]
    public void An_empty_session_diff_is_a_revert_to_the_baseline_only_where_no_message_had_diffs_and_the_last_was_filled()
    {
        Assert.Equal(["3/0", "0/0"], Totals(Telemetry.Of(Some.SessionCreated(), Some.Diff((3, 0)), Some.Diff(), Some.Diff())));
        Assert.Empty(Totals(Telemetry.Of(Some.SessionCreated(), Some.Diff(), Some.Diff())));
        Assert.Equal(["3/0"], Totals(Telemetry.Of(Some.SessionCreated(), Message("msg_u1", (3, 0)), Some.Diff(), Some.Diff())));
        Assert.Equal(["3/0", "3/0"], Totals(Telemetry.Of(Some.SessionCreated(), Message("msg_u1", (3, 0)), Some.Diff((3, 0)), Some.Diff())));
    }

    [Fact]
    public void While_a_session_is_reverted_its_diff_rules_and_afterwards_the_messages_again()
    {
        Telemetry made = Telemetry.Of(
            Some.SessionCreated(),
            Message("msg_u1", (4, 1)),
            Some.SessionUpdated(reverted: true),
            Some.Diff((3, 0)),
            Some.Diff(),
            Message("msg_u1", (5, 1)),
            Some.SessionUpdated(reverted: false),
            Some.SessionUpdated(reverted: false));

        Assert.Equal(["4/1", "3/0", "0/0", "5/1"], Totals(made));
    }

    [Fact]
    public void In_the_run_format_the_lines_of_edits_and_writes_add_up()
    {
        Telemetry made = Telemetry.Of(
            Some.SessionInferred(),
            Some.Bash("", call: "call_1", tool: "edit", lines: Some.Lines((1, 1))),
            Some.Bash("", call: "call_1", tool: "edit", lines: Some.Lines((1, 1))),
            Some.Bash("", call: "call_2", tool: "write", lines: Some.Lines((3, 0))),
            Some.Bash("", call: "call_3", tool: "edit", lines: Some.Lines((9, 9)), status: ToolStatus.Error),
            Some.Bash("", call: "call_4", tool: "read", lines: Some.Lines((9, 9))),
            Some.Bash("ls", call: "call_5"));

        Assert.Equal(["1/1", "4/1"], Totals(made));
        Assert.Equal((4.0, 1.0), Counted(made));
    }

    [Fact]
    public void In_other_shapes_or_where_messages_or_diffs_tell_tool_calls_do_not()
    {
        Happening edit = Some.Bash("", tool: "edit", lines: Some.Lines((1, 1)));

        Assert.Empty(Totals(Telemetry.Of(edit)));
        Assert.Empty(Totals(Telemetry.Of(Some.SessionCreated(), edit)));
        Assert.Empty(Totals(Telemetry.Of(Some.SessionInferred(), Some.UserMessage(), edit)));
        Assert.Empty(Totals(Telemetry.Of(Some.SessionInferred(), Some.Diff(), edit)));
    }

    [Fact]
    public void The_recorded_revert_goes_by_the_letter_of_the_specification()
    {
        // Two messages of +1 -1 and +3 -0; a revert of the second, which is undone, then one of both, which stays. A session.diff
        // that is not empty comes just before each revert is said, and replaces the total.
        var made = new Telemetry();
        var receiver = new EventReceiver(made.Enricher, lineLimitBytes: 1 << 26);
        receiver.Push(Recordings.Read("07-revert.event.sse"));

        Assert.Equal(["1/1", "4/1", "3/0", "4/1", "4/1", "0/0"], Totals(made));
        Assert.Equal((5.0, 2.0), Counted(made));
    }

    [Fact]
    public void The_lines_of_history_are_not_news()
    {
        Telemetry made = Telemetry.Of(Some.SessionCreated(at: Some.T0 + 10_000), Message("msg_old", (5, 5)), Some.MessageRemoved("msg_old"));

        Assert.Empty(Totals(made));
    }

    [Fact]
    public void The_counter_is_never_less_than_the_largest_total_whatever_comes() =>
        Gen.Select(Gen.Int[0, 5], Gen.Int[0, 2], Gen.Int[0, 4], Gen.Int[0, 4]).Array[0, 40].Sample(steps =>
        {
            Telemetry made = Telemetry.Of([Some.SessionCreated(), .. steps.Select(step => step.Item1 switch
            {
                0 => Some.Diff((step.Item3, step.Item4)),
                1 => Some.Diff(),
                2 => Some.SessionUpdated(reverted: step.Item3 > 2),
                3 => Some.MessageRemoved($"msg_{step.Item2}"),
                _ => Message($"msg_{step.Item2}", (step.Item3, step.Item4)),
            })]);

            double largest = made.MeasurementsOf("lines_of_code.total").Where(one => one["type"].Equals("added")).Select(one => one.Number).DefaultIfEmpty().Max();
            Assert.True(Counted(made).Added >= largest);
            Assert.All(made.Measurements, one => Assert.True(one.Number >= 0));
        });

    private static Happening Message(string id, params (long Added, long Removed)[] files) => Some.UserMessage(id, lines: Some.Lines(files));

    private static IEnumerable<string> Totals(Telemetry made) => made.MeasurementsOf("lines_of_code.total")
        .Chunk(2)
        .Select(pair => $"{pair.Single(one => one["type"].Equals("added")).Value}/{pair.Single(one => one["type"].Equals("removed")).Value}");

    private static (double Added, double Removed) Counted(Telemetry made) =>
        (Counted(made, "added"), Counted(made, "removed"));

    private static double Counted(Telemetry made, string type) =>
        made.MeasurementsOf("lines_of_code.count").Where(one => one["type"].Equals(type)).Sum(one => one.Number);
}
