using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging;
using OpencodeOtel.Benchmarks.Data;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;

namespace OpencodeOtel.Benchmarks.Peers;

/// <summary>Log records with four attributes and a template, made by an <see cref="ILogger"/> within a span, and the exporter for them.</summary>
internal sealed partial class LogPeer : IDisposable
{
    private readonly ILoggerFactory _factory;

    /// <summary>Makes the exporter and <see cref="Batch.Size"/> records.</summary>
    public LogPeer()
    {
        Exporter = new OpenTelemetryExporter<LogRecord>(options => new OtlpLogExporter(options));
        LogRecordCapture capture = new();
        _factory = LoggerFactory.Create(logging => logging.AddOpenTelemetry(options =>
        {
            options.SetResourceBuilder(OpenTelemetryResource.Builder);
            options.ParseStateValues = true;
            options.AddProcessor(capture);
            options.AddProcessor(new SimpleLogRecordExportProcessor(Exporter.Exporter));
        }));
        ILogger logger = _factory.CreateLogger("benchmarks");
        using Activity span = new("span");
        span.SetIdFormat(ActivityIdFormat.W3C).Start();
        for (int i = 0; i < Batch.Size; i++)
        {
            string tool = string.Create(CultureInfo.InvariantCulture, $"workspace-tool-{i:d5}");
            ToolFinished(logger, tool, "anthropic", "completed-normally", 1000 + i);
        }

        Records = [.. capture.Records];
    }

    /// <summary>Gets the exporter.</summary>
    public OpenTelemetryExporter<LogRecord> Exporter { get; }

    /// <summary>Gets the records.</summary>
    public LogRecord[] Records { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        _factory.Dispose();
        Exporter.Dispose();
    }

    [LoggerMessage(EventName = "tool_result", Level = LogLevel.Information, Message = "{tool} of {provider} ended as {status} in {duration} ms")]
    private static partial void ToolFinished(ILogger logger, string tool, string provider, string status, long duration);
}
