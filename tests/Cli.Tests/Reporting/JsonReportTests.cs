using System.Text.Json;
using OpencodeOtel.Cli.Reporting;

namespace OpencodeOtel.Cli.Tests.Reporting;

public sealed class JsonReportTests
{
    private const string ShapeOfSignals =
        """{"metrics":{"delivered":1,"rejected":2,"refused":3,"too_large":4,"expired":5,"dropped":6,"spooled":7},"logs":{"delivered":8,"rejected":0,"refused":0,"too_large":0,"expired":0,"dropped":0,"spooled":0},"spans":{"delivered":0,"rejected":0,"refused":0,"too_large":0,"expired":0,"dropped":0,"spooled":9}}""";

    [Fact]
    public void The_shape_is_the_one_that_machines_rely_on()
    {
        string json = JsonReport.Write(Some.Run(Some.Exporter("otlp")));

        Assert.Equal(
            """{"events":{"read":10,"used":4,"skipped":3,"bad":2,"duplicate":1},"records":{"metrics":28,"logs":8,"spans":9},"fate":"""
            + ShapeOfSignals
            + ""","export":{"requests":11,"retries":12,"bytes":13,"bytes_on_wire":14},"seconds":{"wall":1.5,"cpu":0.25}}""",
            json);
    }

    [Fact]
    public void Several_exporters_are_a_list_and_each_has_its_name()
    {
        string json = JsonReport.Write(Some.Run(Some.Exporter("otlp"), Some.Exporter("file:out")));

        using JsonDocument document = JsonDocument.Parse(json);
        JsonElement fate = document.RootElement.GetProperty("fate");
        Assert.Equal(["otlp", "file:out"], fate.EnumerateArray().Select(exporter => exporter.GetProperty("name").GetString()));
        Assert.Equal(22, document.RootElement.GetProperty("export").GetProperty("requests").GetInt64());
    }

    [Fact]
    public void It_is_one_line() => Assert.DoesNotContain('\n', JsonReport.Write(Some.Run(Some.Exporter("otlp"))));
}
