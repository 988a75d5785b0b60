using OpencodeOtel.Otlp.Model;

namespace OpencodeOtel.Otlp.Tests.Messages;

/// <summary>Once warm, a record costs no allocation, in either form; a request costs itself, not its bytes.</summary>
public sealed class AllocationTests
{
    private const int Limit = 1 << 22;

    private static readonly Metric Sum = new() { Name = "sum", Kind = MetricKind.Sum, Temporality = AggregationTemporality.Delta };

    private static readonly Metric Histogram = new() { Name = "histogram", Kind = MetricKind.Histogram };

    private static readonly Metric Exponential = new() { Name = "exponential", Kind = MetricKind.ExponentialHistogram };

    private static readonly Metric Summary = new() { Name = "summary", Kind = MetricKind.Summary };

    [Theory]
    [InlineData(WireForm.Protobuf)]
    [InlineData(WireForm.Json)]
    public void A_span_costs_none(WireForm form)
    {
        Span span = Some.Span;
        AssertNone(Signal.Traces, form, builder => builder.TryAppend(span, Limit));
    }

    [Theory]
    [InlineData(WireForm.Protobuf)]
    [InlineData(WireForm.Json)]
    public void A_log_record_costs_none(WireForm form)
    {
        var log = new LogRecord
        {
            TimeUnixNano = 1,
            TraceId = Some.TraceId,
            SeverityText = "INFO",
            Attributes = Some.Attribute,
            Body = AnyValue.FromList(
                new KeyValue("nested", AnyValue.FromArray(1L, 0.1, true, AnyValue.FromBytes([1, 2, 3]), "ünïcode \"escaped\"\n"))),
        };
        AssertNone(Signal.Logs, form, builder => builder.TryAppend(log, Limit));
    }

    [Theory]
    [InlineData(WireForm.Protobuf)]
    [InlineData(WireForm.Json)]
    public void Points_of_every_kind_cost_none(WireForm form)
    {
        NumberDataPoint number = Some.Number;
        HistogramDataPoint histogram = Some.Histogram;
        ExponentialHistogramDataPoint exponential = Some.Exponential;
        SummaryDataPoint summary = Some.Summary;
        AssertNone(Signal.Metrics, form, builder =>
            builder.TryAppend(Sum, number, Limit)
            && builder.TryAppend(Sum, number, Limit)
            && builder.TryAppend(Histogram, histogram, Limit)
            && builder.TryAppend(Exponential, exponential, Limit)
            && builder.TryAppend(Summary, summary, Limit));
    }

    [Theory]
    [InlineData(WireForm.Protobuf)]
    [InlineData(WireForm.Json)]
    public void A_request_costs_only_itself(WireForm form)
    {
        Span span = Some.Span;
        var envelope = new ExportEnvelope(Signal.Traces, form, Some.Resource, Some.Scope);
        using var builder = new ExportRequestBuilder(envelope, 64 * 1024);
        void Cycle()
        {
            for (int count = 0; count < 20; count++)
            {
                builder.TryAppend(span, Limit);
            }

            builder.Complete().Release();
        }

        Assert.InRange(Least(100, Cycle) / 100, 1, 96);
    }

    private static void AssertNone(Signal signal, WireForm form, Func<ExportRequestBuilder, bool> append)
    {
        using var builder = new ExportRequestBuilder(new ExportEnvelope(signal, form, Some.Resource, Some.Scope), 512 * 1024);
        Assert.True(append(builder));
        bool appended = true;
        Assert.Equal(0, Least(100, () => appended &= append(builder)));
        Assert.True(appended);
    }

    /// <summary>Gives the bytes that so many calls allocate, at best: a collection may empty the pool in between.</summary>
    private static long Least(int calls, Action call)
    {
        long least = long.MaxValue;
        for (int round = 0; round < 8; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int count = 0; count < calls; count++)
            {
                call();
            }

            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
