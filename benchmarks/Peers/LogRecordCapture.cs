using System.Runtime.CompilerServices;
using OpenTelemetry;
using OpenTelemetry.Logs;

namespace OpencodeOtel.Benchmarks.Peers;

/// <summary>Keeps a copy of each log record: the SDK uses the object again.</summary>
internal sealed class LogRecordCapture : BaseProcessor<LogRecord>
{
    /// <summary>Gets the copies, with their attributes in a list, as a batch holds them.</summary>
    public List<LogRecord> Records { get; } = [];

    /// <inheritdoc/>
    public override void OnEnd(LogRecord data) => Records.Add(Copy(data));

    // What the SDK's own in-memory exporter calls; it is not public.
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "Copy")]
    private static extern LogRecord Copy(LogRecord record);
}
