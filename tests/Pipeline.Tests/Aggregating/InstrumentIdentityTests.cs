using OpencodeOtel.Pipeline.Aggregating;
using OpencodeOtel.Pipeline.Configuration;
using OpencodeOtel.Pipeline.Tests.Exporting;

namespace OpencodeOtel.Pipeline.Tests.Aggregating;

public class InstrumentIdentityTests
{
    private readonly RecordingLogger _logger = new();
    private readonly CollectingSink _sink = new();

    [Fact]
    public void Item_188_Names_that_differ_in_case_alone_are_one_metric()
    {
        CollectedPoint point = Assert.Single(Collected(Define("opencode.Things"), Define("opencode.things")));
        Assert.Equal((2L, "opencode.Things"), (point.Value.Int, point.Metric.Name.ToString()));
        Assert.Empty(_logger.Messages);
    }

    [Theory]
    [InlineData("unit", "Counter", "s", "Things.", 2)]
    [InlineData("kind", "UpDownCounter", "{thing}", "Things.", 2)]
    [InlineData("description", "Counter", "{thing}", "Other things.", 1)]
    public void Item_188_A_conflict_is_warned_about_once(string what, string kind, string unit, string description, int metrics)
    {
        IReadOnlyList<CollectedPoint> points = Collected(Define("a"), Define("A", kind, unit, description));

        Assert.Equal(metrics, points.Count);
        Assert.Equal(2, points.Sum(point => point.Value.Int));
        (int id, string text) = Assert.Single(_logger.Messages);
        Assert.Equal((201, $"instrument A was defined twice, with another {what}"), (id, text));
    }

    [Fact]
    public void Item_188_A_conflict_of_number_types_is_warned_about()
    {
        Instrument whole = Define("a");
        var real = new Instrument { Name = "a", Kind = InstrumentKind.Counter, IsInteger = false, Unit = whole.Unit, Description = whole.Description };

        Assert.Equal(2, Collected(whole, real).Count);
        Assert.Contains("type of number", _logger.All, StringComparison.Ordinal);
    }

    private static Instrument Define(
        string name, string kind = "Counter", string unit = "{thing}", string description = "Things.") =>
        new() { Name = name, Kind = Enum.Parse<InstrumentKind>(kind), IsInteger = true, Unit = unit, Description = description };

    private IReadOnlyList<CollectedPoint> Collected(params Instrument[] instruments)
    {
        var aggregator = new MetricAggregator(new TelemetryOptions(), _logger);
        foreach (Instrument instrument in instruments)
        {
            aggregator.Record(instrument, 1, 0);
        }

        return _sink.Collect(aggregator, 1000);
    }
}
