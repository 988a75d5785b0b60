// The pipeline inside a program of your own: a file of opencode's events goes in, telemetry goes out, the account comes back.
//
//   OPENCODE_OTLP_ENDPOINT=http://localhost:4317 dotnet run --project samples/Embedding -- samples/session.sse

using OpencodeOtel.Pipeline;
using OpencodeOtel.Pipeline.Configuration;
using OpencodeOtel.Pipeline.Diagnostics;

if (args is not [string file])
{
    Console.Error.WriteLine("Give a file of opencode's events.");
    return 2;
}

// Options come from the environment, as for the command-line program; what the program itself knows is set over them.
ResolvedOptions resolved = OptionsResolver.Resolve(Environment.GetEnvironmentVariable);
TelemetryOptions options = resolved.Options with { UseEventClock = true, MetricPrefix = "sample." };
foreach (string warning in resolved.Warnings)
{
    Console.Error.WriteLine(warning);
}

await using TelemetryPipeline pipeline = TelemetryPipeline.Create(options);

// Bytes may be cut anywhere. One caller at a time; waiting for room keeps what is made within the queue's bound.
await using FileStream events = File.OpenRead(file);
var buffer = new byte[16 * 1024];
int count;
while ((count = await events.ReadAsync(buffer)) > 0)
{
    pipeline.Push(buffer.AsSpan(0, count));
    await pipeline.WaitForRoomAsync(CancellationToken.None);
}

pipeline.EndStream();

// A program that goes on sends what is final by now, metrics included, whenever it likes.
FlushResult flushed = await pipeline.FlushAsync(TimeSpan.FromSeconds(5));
Console.WriteLine($"flush: {flushed}");

// Everything is sent, or given up at the deadline; afterwards the account is final, and its sum closes.
await pipeline.CompleteAsync(TimeSpan.FromSeconds(5));
PipelineReport report = pipeline.Report();
Console.WriteLine($"{report.Events.Used} of {report.Events.Read} events used");
foreach (ExporterReport exporter in report.Exporters)
{
    Console.WriteLine($"{exporter.Name}: {exporter.Spans.Delivered} spans, {exporter.Logs.Delivered} log records, {exporter.Metrics.Delivered} data points");
}

return 0;
