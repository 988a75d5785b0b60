using OpencodeOtel.Pipeline.Configuration;
using OpencodeOtel.Pipeline.Diagnostics;
using OpencodeOtel.Pipeline.Tests.Support;
using OpencodeOtel.TestCollector;

namespace OpencodeOtel.Pipeline.Tests;

/// <summary>What is around the records of a whole run, and what limits leave of them.</summary>
public sealed class EnvelopeTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("opencode-otel-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task Item_117_Records_of_one_resource_and_scope_share_an_envelope()
    {
        IReadOnlyList<ReceivedRequest> requests = await ReplayAsync(new TelemetryOptions { ResourceAttributes = [new("team", "x")] });

        Assert.NotEmpty(requests.Spans());
        Assert.NotEmpty(requests.LogRecords());
        Assert.NotEmpty(requests.Metrics());
        Assert.All(requests, request =>
        {
            string text = request.Message.ToString()!;
            Assert.Equal(2, text.Split("\"resource\"").Length);
            Assert.Equal(2, text.Split("\"scope\"").Length);
        });
        Assert.Single(Resources(requests).Distinct());
        Assert.Single(requests.Spans().Select(span => span.Scope!.ToString())
            .Concat(requests.LogRecords().Select(record => record.Scope!.ToString()))
            .Concat(requests.Metrics().Select(metric => metric.Scope!.ToString())).Distinct());
    }

    [Fact]
    public async Task Items_121_142_Limits_spare_the_resource_and_the_bodies_of_records()
    {
        TelemetryOptions limited = new()
        {
            ResourceAttributes = [.. Enumerable.Range(0, 200).Select(number => new KeyValuePair<string, string>($"key{number}", "a long value"))],
            Limits = new SignalLimits { SpanAttributes = 2, LogAttributes = 2, SpanValueLength = 3, LogValueLength = 3 },
        };

        IReadOnlyList<ReceivedRequest> requests = await ReplayAsync(limited);

        Assert.All(requests.Spans(), span =>
        {
            Assert.Equal(2, span.Item.Attributes.Count);
            Assert.NotEqual(0u, span.Item.DroppedAttributesCount);
            Assert.All(span.Item.Attributes, attribute => Assert.InRange(attribute.Value.StringValue.Length, 1, 3));
        });
        Assert.All(requests.LogRecords(), record =>
        {
            Assert.InRange(record.Item.Attributes.Count, 1, 2);
            Assert.True(record.Item.Body.StringValue.Length > 3);
        });
        Assert.All(requests.Metrics(), metric => Assert.True(metric.Item.Name.Length > 3));
        Assert.All(requests.Spans().Select(span => span.Resource!), resource =>
        {
            Assert.Equal(206, resource.Attributes.Count);
            Assert.All(resource.Attributes.Where(attribute => attribute.Key.StartsWith("key", StringComparison.Ordinal)), attribute => Assert.Equal("a long value", attribute.Value.StringValue));
        });
    }

    [Fact]
    public async Task Item_135_What_limits_dropped_is_in_the_account_and_said_once()
    {
        var logger = new Exporting.RecordingLogger();
        await using TelemetryPipeline pipeline = TelemetryPipeline.Create(
            new TelemetryOptions { UseEventClock = true, Limits = new SignalLimits { SpanAttributes = 2, LogAttributes = 2 }, Exporters = [new ExporterOptions { Kind = ExporterKind.None, Name = "none" }] },
            logger);
        pipeline.Push(Recordings.Read("06-errors-retry.event.sse"));
        await pipeline.CompleteAsync(TimeSpan.FromSeconds(60));

        PipelineReport report = pipeline.Report();
        Assert.Contains(report.Bounds, bound => bound.Key == "span attributes dropped" && bound.Value > 0);
        Assert.Contains(report.Bounds, bound => bound.Key == "attributes dropped by limits" && bound.Value > 0);
        Assert.Single(logger.Messages, message => message.Text.Contains("limits", StringComparison.Ordinal));
    }

    private async Task<IReadOnlyList<ReceivedRequest>> ReplayAsync(TelemetryOptions options)
    {
        ExporterOptions files = new() { Kind = ExporterKind.File, Name = "files", Directory = _directory.FullName };
        await using (TelemetryPipeline pipeline = TelemetryPipeline.Create(options with { UseEventClock = true, RequestTargetItems = 5, Exporters = [files] }))
        {
            pipeline.Push(Recordings.Read("06-errors-retry.event.sse"));
            await pipeline.CompleteAsync(TimeSpan.FromSeconds(60));
        }

        return await OtlpFile.ReadAsync(_directory.FullName);
    }

    private static IEnumerable<string> Resources(IReadOnlyList<ReceivedRequest> requests) => requests.Spans().Select(span => span.Resource!.ToString())
        .Concat(requests.LogRecords().Select(record => record.Resource!.ToString()))
        .Concat(requests.Metrics().Select(metric => metric.Resource!.ToString()));
}
