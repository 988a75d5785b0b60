using OpencodeOtel.Pipeline.Configuration;
using static OpencodeOtel.Pipeline.Tests.Configuration.Resolving;

namespace OpencodeOtel.Pipeline.Tests.Configuration;

public class ExporterReaderTests
{
    [Fact]
    public void Several_exporters_keep_their_order_and_names()
    {
        IReadOnlyList<ExporterOptions> exporters = From("--exporter console", "--exporter file:out/dir", "--exporter none", "--exporter otlp").Options.Exporters;
        Assert.Equal([ExporterKind.Console, ExporterKind.File, ExporterKind.None, ExporterKind.Otlp], exporters.Select(exporter => exporter.Kind));
        Assert.Equal(["console", "file:out/dir", "none", "otlp"], exporters.Select(exporter => exporter.Name));
        Assert.Equal("out/dir", exporters[1].Directory);
        Assert.NotNull(exporters[3].Metrics);
    }

    [Theory]
    [InlineData("stdout")]
    [InlineData("file:")]
    [InlineData("OTLP2")]
    [InlineData("")]
    public void An_unknown_exporter_is_an_error_that_lists_the_known(string name) =>
        Assert.Equal($"--exporter is '{name}'; it must be otlp, console, file:DIR or none", Error($"--exporter {name}"));

    [Fact]
    public void One_exporter_twice_is_an_error() => Assert.Equal("--exporter console is given twice", Error("--exporter console", "--exporter console"));

    [Fact]
    public void An_endpoint_is_not_looked_at_when_nothing_is_sent_to_it() =>
        Assert.Equal(ExporterKind.Console, From("--exporter console", "OPENCODE_OTLP_ENDPOINT=localhost:4317").Options.Exporters[0].Kind);
}
