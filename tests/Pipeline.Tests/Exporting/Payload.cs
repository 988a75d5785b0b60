using OpencodeOtel.Otlp;
using OpencodeOtel.Otlp.Model;

namespace OpencodeOtel.Pipeline.Tests.Exporting;

/// <summary>Real requests with records that do not matter.</summary>
internal static class Payload
{
    private static readonly TraceId Trace = new([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]);
    private static readonly SpanId Span = new([1, 2, 3, 4, 5, 6, 7, 8]);

    /// <summary>A request with <paramref name="items"/> records, each with a text of <paramref name="padding"/> characters.</summary>
    public static ExportRequest Of(Signal signal = Signal.Logs, WireForm form = WireForm.Protobuf, int items = 1, int padding = 0)
    {
        ExportEnvelope envelope = new(signal, form, new Resource(), new InstrumentationScope { Name = "test" });
        using ExportRequestBuilder builder = new(envelope, 256);
        Metric metric = new() { Name = "m", Kind = MetricKind.Gauge };
        string text = new('x', padding);
        for (int item = 0; item < items; item++)
        {
            bool appended = signal switch
            {
                Signal.Traces => builder.TryAppend(new Span { TraceId = Trace, SpanId = Span, Name = text, Kind = SpanKind.Internal, StartTimeUnixNano = 1, EndTimeUnixNano = 2 }, int.MaxValue),
                Signal.Metrics => builder.TryAppend(metric, new NumberDataPoint { TimeUnixNano = (ulong)item + 1, Value = 1L, Attributes = new AttributeSet(new KeyValue("k", text)) }, int.MaxValue),
                _ => builder.TryAppend(new LogRecord { TimeUnixNano = 1, ObservedTimeUnixNano = 1, Body = text, EventName = "e" }, int.MaxValue),
            };
            Assert.True(appended);
        }

        return builder.Complete();
    }
}
