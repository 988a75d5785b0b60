using CsCheck;
using Google.Protobuf;
using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Otlp.Tests.Messages;
using OpencodeOtel.Otlp.Tests.Oracle;
using OpencodeOtel.Otlp.Tests.Random;
using OpenTelemetry.Proto.Collector.Logs.V1;
using OpenTelemetry.Proto.Collector.Metrics.V1;
using OpenTelemetry.Proto.Collector.Trace.V1;
using Wire = OpenTelemetry.Proto.Metrics.V1;
using WireLogs = OpenTelemetry.Proto.Logs.V1;
using WireTrace = OpenTelemetry.Proto.Trace.V1;

namespace OpencodeOtel.Otlp.Tests;

/// <summary>
/// Whatever is appended under whatever limits: every record is in exactly one request, in order; every request is a
/// message within the limit; its length was known before; and what did not fit left no trace.
/// </summary>
public sealed class ExportRequestBuilderTests
{
    private static readonly JsonParser Json = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));

    private static readonly Gen<int> Limits = Gen.OneOf(Gen.Int[0, 400], Gen.Int[0, 3_000], Gen.Int[0, 40_000], Gen.Const(int.MaxValue));

    [Fact]
    public void Spans_under_random_limits() =>
        Gen.Select(RandomTraces.Span.Array[1, 20], Limits).Sample((spans, limit) =>
        {
            List<byte[]> requests = Run(Signal.Traces, WireForm.Protobuf, limit, spans, span =>
            {
                Span model = ModelOf.Span(span);
                return (builder, most) => builder.TryAppend(model, most);
            }, out List<WireTrace.Span> tooLarge);
            IEnumerable<WireTrace.Span> got = requests.SelectMany(body =>
                ExportTraceServiceRequest.Parser.ParseFrom(body).ResourceSpans.Single().ScopeSpans.Single().Spans);
            Assert.Equal(Bytes(spans.Where(span => !tooLarge.Any(other => ReferenceEquals(span, other)))), Bytes(got));
        }, iter: 400);

    [Fact]
    public void Log_records_under_random_limits() =>
        Gen.Select(RandomLogs.Record.Array[1, 20], Limits).Sample((records, limit) =>
        {
            List<byte[]> requests = Run(Signal.Logs, WireForm.Protobuf, limit, records, record =>
            {
                LogRecord model = ModelOf.Log(record);
                return (builder, most) => builder.TryAppend(model, most);
            }, out List<WireLogs.LogRecord> tooLarge);
            IEnumerable<WireLogs.LogRecord> got = requests.SelectMany(body =>
                ExportLogsServiceRequest.Parser.ParseFrom(body).ResourceLogs.Single().ScopeLogs.Single().LogRecords);
            Assert.Equal(Bytes(records.Where(record => !tooLarge.Any(other => ReferenceEquals(record, other)))), Bytes(got));
        }, iter: 400);

    [Theory]
    [InlineData(WireForm.Protobuf)]
    [InlineData(WireForm.Json)]
    public void Points_of_metrics_in_random_order_under_random_limits(WireForm form) =>
        Gen.Select(RandomMetrics.Metric.Array[1, 5], Gen.Int[0, 4].Array[1, 30], Limits).Sample((metrics, order, limit) =>
        {
            // Each metric by its position; its first point stands for all, appended as often and in such an order as drawn.
            PointAppender[] first = [.. metrics.Select(metric => Built.Appenders(metric).First())];
            int[] drawn = [.. order.Select(index => index % metrics.Length)];
            List<byte[]> requests = Run(Signal.Metrics, form, limit, drawn, index => first[index], out List<int> tooLarge);
            IEnumerable<Wire.Metric> got = requests.SelectMany(body => Parse(body, form).ResourceMetrics.Single().ScopeMetrics.Single().Metrics);
            Assert.Equal(
                drawn.Where(index => !tooLarge.Contains(index)).Select(index => PointOf(Reread(metrics[index], form))),
                got.SelectMany(PointsOf));
            Assert.All(got, metric => Assert.NotEmpty(PointsOf(metric)));
        }, iter: 300);

    [Fact]
    public void A_metric_whose_points_outgrow_the_room_for_their_length_is_still_the_reference_bytes()
    {
        foreach (int points in new[] { 1, 2, 10, 200, 30_000 })
        {
            var wire = new Wire.Metric { Name = "m", Gauge = new Wire.Gauge() };
            wire.Gauge.DataPoints.Add(Enumerable.Range(0, points).Select(value => new Wire.NumberDataPoint { TimeUnixNano = 1, AsInt = value }));
            var small = new Wire.Metric { Name = "n", Gauge = new Wire.Gauge { DataPoints = { new Wire.NumberDataPoint { AsInt = 1 } } } };
            var request = new ExportMetricsServiceRequest
            {
                ResourceMetrics =
                {
                    new Wire.ResourceMetrics
                    {
                        Resource = new(),
                        ScopeMetrics = { new Wire.ScopeMetrics { Scope = new(), Metrics = { wire, small, wire } } },
                    },
                },
            };
            Assert.True(request.ToByteArray().AsSpan().SequenceEqual(Built.From(request, WireForm.Protobuf)));
        }
    }

    [Fact]
    public void An_empty_request_is_not_made()
    {
        using var builder = new ExportRequestBuilder(Envelope(Signal.Traces, WireForm.Protobuf), 100);
        Assert.Equal(0, builder.Length);
        Assert.Throws<InvalidOperationException>(builder.Complete);
        Assert.False(builder.TryAppend(Some.Span, 10));
        Assert.Equal((0, 0), (builder.Length, builder.ItemCount));
        Assert.Throws<InvalidOperationException>(builder.Complete);
    }

    [Fact]
    public void A_record_of_another_signal_or_a_point_of_another_kind_is_a_fault()
    {
        using var traces = new ExportRequestBuilder(Envelope(Signal.Traces, WireForm.Protobuf), 100);
        using var metrics = new ExportRequestBuilder(Envelope(Signal.Metrics, WireForm.Protobuf), 100);
        Assert.Throws<InvalidOperationException>(() => traces.TryAppend(Some.Log, 1000));
        Assert.Throws<InvalidOperationException>(() => metrics.TryAppend(Some.Span, 1000));
        Assert.Throws<ArgumentException>(() => metrics.TryAppend(new Metric { Kind = MetricKind.Histogram }, Some.Number, 1000));
    }

    [Fact]
    public void A_builder_that_was_disposed_takes_nothing()
    {
        var builder = new ExportRequestBuilder(Envelope(Signal.Traces, WireForm.Protobuf), 100);
        Assert.True(builder.TryAppend(Some.Span, 10_000));
        builder.Dispose();
        Assert.Equal((0, 0), (builder.Length, builder.ItemCount));
        Assert.Throws<ObjectDisposedException>(() => builder.TryAppend(Some.Span, 10_000));
        builder.Dispose();
    }

    /// <summary>Appends all, one request after the other, and checks each step.</summary>
    private static List<byte[]> Run<T>(
        Signal signal, WireForm form, int limit, IEnumerable<T> records, Func<T, PointAppender> append, out List<T> tooLarge)
    {
        using var builder = new ExportRequestBuilder(Envelope(signal, form), 300);
        List<byte[]> requests = [];
        tooLarge = [];
        foreach (T record in records)
        {
            (int length, int count) = (builder.Length, builder.ItemCount);
            if (append(record)(builder, limit))
            {
                Assert.Equal(count + 1, builder.ItemCount);
                Assert.InRange(builder.Length, length + 1, limit);
                continue;
            }

            Assert.Equal((length, count), (builder.Length, builder.ItemCount));
            if (count > 0)
            {
                requests.Add(Complete(builder, limit));
            }

            if (!append(record)(builder, limit))
            {
                tooLarge.Add(record);
                Assert.True(append(record)(builder, int.MaxValue));
                Assert.True(builder.Length > limit, "a record was refused that fits");
                Complete(builder, int.MaxValue);
            }
        }

        if (builder.ItemCount > 0)
        {
            requests.Add(Complete(builder, limit));
        }

        return requests;
    }

    private static byte[] Complete(ExportRequestBuilder builder, int limit)
    {
        (int length, int count) = (builder.Length, builder.ItemCount);
        ExportRequest request = builder.Complete();
        byte[] body = request.Body.ToArray();
        request.Release();
        Assert.Equal((length, count), (body.Length, request.ItemCount));
        Assert.InRange(length, 1, limit);
        Assert.Equal((0, 0), (builder.Length, builder.ItemCount));
        return body;
    }

    private static ExportEnvelope Envelope(Signal signal, WireForm form) => new(signal, form, Some.Resource, Some.Scope);

    private static IEnumerable<string> Bytes(IEnumerable<IMessage> messages) => messages.Select(message => Convert.ToHexString(message.ToByteArray()));

    private static ExportMetricsServiceRequest Parse(byte[] body, WireForm form) => form == WireForm.Protobuf
        ? ExportMetricsServiceRequest.Parser.ParseFrom(body)
        : JsonTree.Parse<ExportMetricsServiceRequest>(body, Json);

    /// <summary>What JSON cannot tell apart is put into the form in which it is read back.</summary>
    private static Wire.Metric Reread(Wire.Metric metric, WireForm form)
    {
        Wire.Metric valid = Wire.Metric.Parser.ParseFrom(metric.ToByteArray());
        return form == WireForm.Protobuf ? valid : Json.Parse<Wire.Metric>(JsonFormatter.Default.Format(valid));
    }

    private static string PointOf(Wire.Metric metric) => PointsOf(metric).First();

    private static IEnumerable<string> PointsOf(Wire.Metric metric) =>
        Bytes([.. metric.Gauge?.DataPoints ?? [], .. metric.Sum?.DataPoints ?? [], .. (IEnumerable<IMessage>?)metric.Histogram?.DataPoints ?? [],
            .. (IEnumerable<IMessage>?)metric.ExponentialHistogram?.DataPoints ?? [], .. (IEnumerable<IMessage>?)metric.Summary?.DataPoints ?? []])
            .Select(point => $"{metric.DataCase} {metric.Name} {point}");
}
