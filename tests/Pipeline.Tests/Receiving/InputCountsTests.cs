using OpencodeOtel.Pipeline.Diagnostics;
using OpencodeOtel.Pipeline.Receiving;
using OpencodeOtel.Pipeline.Receiving.Reading;

namespace OpencodeOtel.Pipeline.Tests.Receiving;

public sealed class InputCountsTests
{
    [Fact]
    public void The_report_has_each_count_once_and_its_sum_closes()
    {
        InputCounts counts = new();
        Assert.True(counts.Add(EventOutcome.Used, EventType.SessionIdle, 1));
        Assert.False(counts.Add(EventOutcome.Used, EventType.PartUpdated, 2));
        counts.Add(EventOutcome.Used, EventType.PartUpdated, 3);
        counts.Add(EventOutcome.Skipped, EventType.PartUpdated, 4);
        counts.Add(EventOutcome.Duplicate, EventType.PartUpdated, 5);
        Assert.True(counts.Add(EventOutcome.TooLong, EventType.Other, 6));
        Assert.True(counts.Add(EventOutcome.BadJson, EventType.Other, 7));
        Assert.False(counts.Add(EventOutcome.BadJson, EventType.Other, 8));
        Assert.True(counts.Add(EventOutcome.TooDeep, EventType.Other, 9));

        EventCounts report = counts.ToReport();
        Assert.Equal((9, 3, 1, 4, 1), (report.Read, report.Used, report.Skipped, report.Bad, report.Duplicate));
        Assert.Equal([KeyValuePair.Create("session.idle", 1L), KeyValuePair.Create("message.part.updated", 2L)], report.UsedByType);
        Assert.Equal([new BadInput("not a JSON object", 2, 7), new BadInput("nested too deep", 1, 9), new BadInput("longer than the limit of a line", 1, 6)], report.BadByCause);
        Assert.Equal(2, counts.UsedOf(EventType.PartUpdated));
        Assert.Equal(0, counts.FirstLineOf(EventOutcome.BadUtf8));
    }

    [Fact]
    public void Every_outcome_that_is_bad_has_a_cause_in_words()
    {
        EventOutcome[] bad = [.. Enum.GetValues<EventOutcome>().Where(InputCounts.IsBad)];
        Assert.Equal(5, bad.Select(InputCounts.CauseOf).Distinct().Count());
        Assert.Throws<ArgumentOutOfRangeException>(() => InputCounts.CauseOf(EventOutcome.Used));
    }

    [Fact]
    public void Every_type_is_found_by_its_name()
    {
        foreach (EventType type in Enum.GetValues<EventType>())
        {
            Assert.Equal(type, EventTypes.Find(System.Text.Encoding.UTF8.GetBytes(EventTypes.NameOf(type))));
        }

        Assert.Equal(EventTypes.Count, Enum.GetValues<EventType>().Length);
        Assert.Equal(EventType.PermissionAsked, EventTypes.Find("permission.updated"u8));
        Assert.Equal(EventType.Other, EventTypes.Find("session.compacted"u8));
    }
}
