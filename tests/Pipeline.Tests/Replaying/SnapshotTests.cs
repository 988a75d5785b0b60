using System.Reflection;
using OpencodeOtel.Pipeline.Configuration;
using OpencodeOtel.Pipeline.Tests.Support;
using Snapshooter;
using Snapshooter.Xunit;

namespace OpencodeOtel.Pipeline.Tests.Replaying;

/// <summary>The whole telemetry of each recording, decoded from its payloads, against what was read and found right once.</summary>
/// <remarks>CONTRIBUTING.md says how snapshots are renewed. A changed one is read line by line before it is committed.</remarks>
public class SnapshotTests
{
    private static readonly string Folder = typeof(SnapshotTests).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().First(attribute => attribute.Key == "SnapshotFolder").Value!;

    /// <summary>Gets the recordings with a snapshot: of those that say the same in two shapes, which <see cref="ShapeTests"/> proves, the bus alone.</summary>
    public static TheoryData<string> Recorded => [.. Names];

    private static IEnumerable<string> Names =>
    [
        .. Recordings.Bus.Where(name => name != Load),
        .. ShapeTests.GlobalStreamsThatSayMore.Select(run => run + ".global.sse"),
        .. Recordings.Run,
        .. Recordings.SecondInterface.Where(name => !ShapeTests.SaidByTheBusToo.Contains(name)),
        .. Recordings.ApiOfTheFirstInterface,
    ];

    private static string Load => "13-load.event.sse";

    [Theory]
    [MemberData(nameof(Recorded))]
    public void The_telemetry_of_a_recording_is_as_it_was(string name) =>
        Match(Path.GetFileName(name), TelemetryText.Of(Replayed.Of(Recordings.Read(name))));

    [Fact]
    public void The_totals_of_a_loaded_server_are_as_they_were() => Match(Load, TelemetrySummary.Of(Replayed.Of(Recordings.Read(Load))));

    /// <summary>Content, attributes of all channels, a remote parent, deltas and a scaled cost, all at once.</summary>
    [Fact]
    public void The_telemetry_with_every_option_is_as_it_was() =>
        Match("02-edit-commit.options", TelemetryText.Of(Replayed.Of(Recordings.Read("02-edit-commit.event.sse"), new TelemetryOptions
        {
            UseEventClock = true,
            CaptureContent = true,
            ContentLimitBytes = 200,
            CostScale = 1000,
            MetricPrefix = "my.",
            Temporality = TemporalityPreference.Delta,
            MetricsInterval = TimeSpan.FromSeconds(5),
            DisabledMetrics = new HashSet<string> { "model.usage" },
            ResourceAttributes = [new("service.name", "mine"), new("team", "blue")],
            SpanAttributes = [new("agent.name", "over"), new("llm.cost.total", "under")],
            MetricAttributes = [new("model", "over"), new("team", "blue")],
            ExcludedMetricAttributes = new HashSet<string> { "session.id" },
            RemoteParent = new RemoteParent(new("0123456789abcdef"u8), new("01234567"u8), Flags: 1, TraceState: "vendor=1"),
        })));

    [Fact]
    public void Every_snapshot_is_of_a_recording()
    {
        HashSet<string> named = [.. Names.Select(name => Path.GetFileName(name)), Load, "02-edit-commit.options"];
        Assert.All(Directory.EnumerateFiles(Path.Combine(Folder, "__snapshots__")), file => Assert.Contains(Path.GetFileNameWithoutExtension(file), named));
    }

    private static void Match(string name, string text) => Snapshot.Match(text, new SnapshotFullName(name + ".snap", Folder));
}
