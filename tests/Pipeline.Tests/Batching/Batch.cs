using Microsoft.Extensions.Time.Testing;
using OpencodeOtel.Otlp;
using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Batching;
using OpencodeOtel.Pipeline.Configuration;
using OpenTelemetry.Proto.Collector.Logs.V1;
using OpenTelemetry.Proto.Collector.Metrics.V1;
using OpenTelemetry.Proto.Collector.Trace.V1;

namespace OpencodeOtel.Pipeline.Tests.Batching;

/// <summary>A batcher with its sink and clock, records to put in, and what its requests hold.</summary>
internal sealed class Batch : IDisposable
{
    private static readonly Otlp.Model.Metric Counter = new()
    {
        Name = "opencode.counter",
        Kind = MetricKind.Sum,
        Temporality = AggregationTemporality.Cumulative,
        IsMonotonic = true,
    };

    private static readonly Otlp.Model.Metric Histogram = new()
    {
        Name = "opencode.histogram",
        Kind = MetricKind.Histogram,
        Temporality = AggregationTemporality.Delta,
    };

    public Batch(TelemetryOptions options, params WireForm[] forms)
    {
        var resource = new Resource { Attributes = new KeyValue[] { new("service.name", "opencode") } };
        var scope = new InstrumentationScope { Name = "com.opencode", Version = "1" };
        ExportEnvelope[] envelopes =
        [
            .. from form in forms.DefaultIfEmpty(WireForm.Protobuf)
               from signal in Enum.GetValues<Signal>()
               select new ExportEnvelope(signal, form, resource, scope),
        ];
        Batcher = new SignalBatcher(envelopes, options, Sink, Time);
    }

    public FakeTimeProvider Time { get; } = new();

    public KeepingSink Sink { get; } = new();

    public SignalBatcher Batcher { get; }

    public static IEnumerable<string> Names(KeepingSink.Kept request) => request.Signal switch
    {
        Signal.Traces => request.Read<ExportTraceServiceRequest>().ResourceSpans.Single().ScopeSpans.Single().Spans.Select(span => span.Name),
        Signal.Logs => request.Read<ExportLogsServiceRequest>().ResourceLogs.Single().ScopeLogs.Single().LogRecords
            .Select(record => record.Body.StringValue),
        _ => request.Read<ExportMetricsServiceRequest>().ResourceMetrics.Single().ScopeMetrics.Single().Metrics.SelectMany(metric =>
            metric.Histogram?.DataPoints.Select(point => point.Attributes.Single().Value.StringValue)
            ?? metric.Sum.DataPoints.Select(point => point.Attributes.Single().Value.StringValue)),
    };

    public IEnumerable<string> NamesOf(Signal signal, WireForm form = WireForm.Protobuf) => Sink.Of(signal, form).SelectMany(Names);

    public void Put(Signal signal, string name)
    {
        switch (signal)
        {
            case Signal.Traces:
                PutSpan(name);
                break;
            case Signal.Logs:
                PutLog(name);
                break;
            default:
                PutPoint(name);
                break;
        }
    }

    public void PutSpan(string name) => Batcher.Emit(new Span
    {
        TraceId = new TraceId("0123456789abcdef"u8),
        SpanId = new SpanId("01234567"u8),
        Name = name,
        StartTimeUnixNano = 1,
        EndTimeUnixNano = 2,
    });

    public void PutLog(string body) => Batcher.Emit(new LogRecord { ObservedTimeUnixNano = 1, Body = body });

    public void PutPoint(string attribute)
    {
        var attributes = new AttributeSet(new KeyValue("name", attribute));
        if (attribute.Length % 2 == 0)
        {
            Batcher.Append(Counter, new NumberDataPoint { Attributes = attributes, StartTimeUnixNano = 1, TimeUnixNano = 2, Value = 1 });
        }
        else
        {
            Batcher.Append(Histogram, new HistogramDataPoint
            {
                Attributes = attributes,
                StartTimeUnixNano = 1,
                TimeUnixNano = 2,
                Count = 1,
                Sum = 1,
                BucketCounts = new ulong[] { 1 },
            });
        }
    }

    public void Dispose() => Batcher.Dispose();
}
