using System.Reflection;
using System.Text;
using System.Text.Json;
using OpencodeOtel.Pipeline.Configuration;
using OpencodeOtel.Pipeline.Receiving;
using OpencodeOtel.Pipeline.Receiving.Reading;
using OpencodeOtel.Pipeline.Tests.Receiving;
using OpencodeOtel.Pipeline.Tests.Support;

namespace OpencodeOtel.Pipeline.Tests.Replaying;

/// <summary>The page that says what becomes of each event, held against the code.</summary>
public class EventMappingTests
{
    private static readonly TelemetryOptions Options = new() { UseEventClock = true, CaptureContent = true };

    private static readonly IReadOnlyList<MappingRow> Table = MappingRow.ReadAll(Path.Combine(
        typeof(EventMappingTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(attribute => attribute.Key == "RepositoryRoot").Value!,
        "docs",
        "event-mapping.md"));

    public static TheoryData<string> Used => [.. Table.Where(row => row.IsUsed).Select(row => row.Event)];

    public static TheoryData<string> Unused => [.. Table.Where(row => !row.IsUsed).Select(row => row.Event)];

    public static TheoryData<string> OfTheSecondInterface => [.. Table.Select(row => row.Event).Where(name => name.StartsWith("session.next.", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Used))]
    public void An_event_adds_what_its_row_says(string row)
    {
        (string[] before, string one, string[] after) = EventExamples.All[row];
        Replayed with = Replayed.Of(EventExamples.Stream([.. before, one, .. after]), Options);
        Replayed without = Replayed.Of(EventExamples.Stream([.. before, .. after]), Options);

        Assert.Equal(Table.Single(known => known.Event == row).Adds, Added(with, without));
        Assert.NotEqual(TelemetryText.Of(without), TelemetryText.Of(with));
    }

    [Theory]
    [MemberData(nameof(Unused))]
    public void An_event_that_nothing_becomes_of_changes_nothing(string row)
    {
        (string[] before, string one, string[] after) = EventExamples.All.TryGetValue(row, out (string[], string, string[]) example) ? example : EventExamples.Unused(row);
        string with = TelemetryText.Of(Replayed.Of(EventExamples.Stream([.. before, one, .. after]), Options));

        Assert.Equal(TelemetryText.Of(Replayed.Of(EventExamples.Stream([.. before, .. after]), Options)), with);
    }

    [Theory]
    [MemberData(nameof(Unused))]
    public void A_type_that_nothing_becomes_of_is_skipped_without_being_read(string row)
    {
        if (!row.Contains('[', StringComparison.Ordinal) && !row.StartsWith("hook ", StringComparison.Ordinal))
        {
            Assert.Equal(EventType.Other, EventTypes.Find(Encoding.UTF8.GetBytes(row)));
        }
        else if (!EventExamples.All.ContainsKey(row))
        {
            Assert.Equal(EventOutcome.Skipped, new EventReader(new CallLog()).Read(Encoding.UTF8.GetBytes(EventExamples.Unused(row).Event), out _));
        }
    }

    /// <summary>Later versions leave <c>next.</c> out.</summary>
    [Theory]
    [MemberData(nameof(OfTheSecondInterface))]
    public void A_type_of_the_second_interface_means_the_same_by_its_later_name(string row) =>
        Assert.Equal(EventTypes.Find(Encoding.UTF8.GetBytes(row)), EventTypes.Find(Encoding.UTF8.GetBytes(row.Replace("session.next.", "session.", StringComparison.Ordinal))));

    [Fact]
    public void Every_type_that_is_read_is_in_the_tables_as_used()
    {
        HashSet<string> used = [.. Table.Where(row => row.IsUsed).Select(row => row.Type)];
        Assert.All(Enum.GetValues<EventType>().Where(type => type != EventType.Other), type => Assert.Contains(EventTypes.NameOf(type), used));
        Assert.Equal(EventType.NextRetried, EventTypes.Find("session.retry.scheduled"u8));
    }

    [Fact]
    public void Every_row_is_there_once_and_every_example_has_one()
    {
        Assert.Equal(Table.Count, Table.Select(row => row.Event).Distinct().Count());
        Assert.All(EventExamples.All.Keys, row => Assert.Contains(Table, known => known.Event == row));
    }

    [Fact]
    public void Every_type_in_the_recordings_is_in_the_tables()
    {
        HashSet<string> known = [.. Table.Select(row => row.Type), .. Table.Select(row => row.Event.Split([',', '/'])[0].TrimEnd(']') + ']')];
        HashSet<string> seen = [.. Recordings.Everything.SelectMany(name => File.ReadLines(Recordings.PathOf(name))).Select(TypeOf).OfType<string>()];

        Assert.True(seen.Count > 60, $"only {seen.Count} types");
        Assert.All(seen, type => Assert.Contains(type, known));
    }

    private static List<string> Added(Replayed with, Replayed without)
    {
        List<string> more = Made(with);
        foreach (string made in Made(without))
        {
            more.Remove(made);
        }

        return [.. more.Distinct().Order(StringComparer.Ordinal)];
    }

    private static List<string> Made(Replayed replayed) =>
    [
        .. replayed.Metrics.Select(metric => "metric " + metric.Name["opencode.".Length..]),
        .. replayed.Logs.Select(log => "log " + log.EventName),
        .. replayed.Spans.Select(span => "span " + span.Name.Split('.')[1]),
    ];

    /// <summary>The type of a line's event, with the kind of a part; <see langword="null"/> for a line without one.</summary>
    private static string? TypeOf(string line)
    {
        string text = line.StartsWith("data:", StringComparison.Ordinal) ? line["data:".Length..] : line;
        if (!text.TrimStart().StartsWith('{'))
        {
            return null;
        }

        using JsonDocument document = JsonDocument.Parse(text);
        JsonElement root = document.RootElement;
        if (root.TryGetProperty("hook", out JsonElement hook) && hook.GetString() != "event")
        {
            return "hook " + hook.GetString();
        }

        JsonElement one = root.TryGetProperty("payload", out JsonElement payload) ? payload : root.TryGetProperty("event", out JsonElement inner) ? inner : root;
        string type = one.GetProperty("type").GetString()!;
        return type == "message.part.updated" && (one.TryGetProperty("properties", out JsonElement body) || one.TryGetProperty("data", out body))
            ? $"{type} [{body.GetProperty("part").GetProperty("type").GetString()}]"
            : type;
    }
}
