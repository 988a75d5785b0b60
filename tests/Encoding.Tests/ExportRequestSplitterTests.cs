using CsCheck;
using Google.Protobuf;
using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Otlp.Tests.Oracle;
using OpencodeOtel.Otlp.Tests.Random;
using OpenTelemetry.Proto.Collector.Logs.V1;
using OpenTelemetry.Proto.Collector.Metrics.V1;
using OpenTelemetry.Proto.Collector.Trace.V1;
using OpenTelemetry.Proto.Metrics.V1;
using Metric = OpenTelemetry.Proto.Metrics.V1.Metric;
using NumberDataPoint = OpenTelemetry.Proto.Metrics.V1.NumberDataPoint;
using WireResource = OpenTelemetry.Proto.Resource.V1.Resource;
using WireScope = OpenTelemetry.Proto.Common.V1.InstrumentationScope;

namespace OpencodeOtel.Otlp.Tests;

/// <summary>Split until one record is left, the pieces hold the records of the whole, each in the envelope of the whole.</summary>
public sealed class ExportRequestSplitterTests
{
    public static TheoryData<WireForm> Forms => [WireForm.Protobuf, WireForm.Json];

    [Theory]
    [MemberData(nameof(Forms))]
    public void Item_018_A_request_of_log_records_falls_apart_at_their_borders(WireForm form) => RandomLogs.Request.Sample(
        whole =>
        {
            var records = whole.ResourceLogs[0].ScopeLogs[0].LogRecords;
            List<byte[]> pieces = Split(Signal.Logs, form, records.Count, Built.From(whole, form));
            Assert.Equal(records.Count, pieces.Count);
            for (int index = 0; index < pieces.Count; index++)
            {
                ExportLogsServiceRequest expected = whole.Clone();
                expected.ResourceLogs[0].ScopeLogs[0].LogRecords.Clear();
                expected.ResourceLogs[0].ScopeLogs[0].LogRecords.Add(records[index]);
                Assert.Equal(Text(Built.From(expected, form)), Text(pieces[index]));
            }
        },
        iter: 300);

    [Theory]
    [MemberData(nameof(Forms))]
    public void Item_018_A_request_of_spans_falls_apart_at_their_borders(WireForm form) => RandomTraces.Request.Sample(
        whole =>
        {
            var spans = whole.ResourceSpans[0].ScopeSpans[0].Spans;
            List<byte[]> pieces = Split(Signal.Traces, form, spans.Count, Built.From(whole, form));
            Assert.Equal(spans.Count, pieces.Count);
            for (int index = 0; index < pieces.Count; index++)
            {
                ExportTraceServiceRequest expected = whole.Clone();
                expected.ResourceSpans[0].ScopeSpans[0].Spans.Clear();
                expected.ResourceSpans[0].ScopeSpans[0].Spans.Add(spans[index]);
                Assert.Equal(Text(Built.From(expected, form)), Text(pieces[index]));
            }
        },
        iter: 300);

    [Theory]
    [MemberData(nameof(Forms))]
    public void Item_018_A_request_of_metrics_falls_apart_between_points_of_one_metric_too(WireForm form) => RandomMetrics.Request.Sample(
        whole =>
        {
            List<Metric> single = [.. whole.ResourceMetrics[0].ScopeMetrics[0].Metrics.SelectMany(PointByPoint)];
            if (single.Count == 0)
            {
                return;
            }

            List<byte[]> pieces = Split(Signal.Metrics, form, single.Count, Built.From(whole, form));
            Assert.Equal(single.Count, pieces.Count);
            for (int index = 0; index < pieces.Count; index++)
            {
                ExportMetricsServiceRequest expected = whole.Clone();
                expected.ResourceMetrics[0].ScopeMetrics[0].Metrics.Clear();
                expected.ResourceMetrics[0].ScopeMetrics[0].Metrics.Add(single[index]);
                Assert.Equal(Text(Built.From(expected, form)), Text(pieces[index]));
            }
        },
        iter: 300);

    [Fact]
    public void Several_resources_and_scopes_keep_what_is_theirs()
    {
        ExportMetricsServiceRequest whole = new();
        for (int resource = 0; resource < 3; resource++)
        {
            ResourceMetrics outer = new() { Resource = new WireResource { DroppedAttributesCount = (uint)resource + 1 }, SchemaUrl = $"r{resource}" };
            for (int scope = 0; scope < 2; scope++)
            {
                Metric metric = new() { Name = $"m{resource}{scope}", Gauge = new Gauge { DataPoints = { new NumberDataPoint { AsInt = 1 }, new NumberDataPoint { AsInt = 2 } } } };
                outer.ScopeMetrics.Add(new ScopeMetrics { Scope = new WireScope { Name = $"s{scope}" }, SchemaUrl = "s", Metrics = { metric } });
            }

            whole.ResourceMetrics.Add(outer);
        }

        List<byte[]> pieces = Split(Signal.Metrics, WireForm.Protobuf, 12, whole.ToByteArray());
        Assert.Equal(12, pieces.Count);
        ExportMetricsServiceRequest seventh = ExportMetricsServiceRequest.Parser.ParseFrom(pieces[6]);
        ResourceMetrics only = Assert.Single(seventh.ResourceMetrics);
        Assert.Equal((2u, "r1"), (only.Resource.DroppedAttributesCount, only.SchemaUrl));
        Assert.Equal("m11", Assert.Single(Assert.Single(only.ScopeMetrics).Metrics).Name);
    }

    [Theory]
    [InlineData(WireForm.Protobuf)]
    [InlineData(WireForm.Json)]
    public void Bytes_that_are_not_what_the_request_says_do_not_split(WireForm form)
    {
        foreach (byte[] body in (byte[][])[[], [0xFF], [0x0A, 0x05, 0x01], "{}"u8.ToArray(), "[1,2"u8.ToArray(), "{\"resourceLogs\":[{}]}"u8.ToArray()])
        {
            ExportRequest request = ExportRequest.Copy(Signal.Logs, form, 3, body);
            Assert.False(ExportRequestSplitter.TrySplit(request, out ExportRequest? first, out ExportRequest? second));
            Assert.Null(first);
            Assert.Null(second);
            request.Release();
        }
    }

    private static List<byte[]> Split(Signal signal, WireForm form, int items, byte[] body)
    {
        List<byte[]> pieces = [];
        Add(ExportRequest.Copy(signal, form, items, body));
        return pieces;

        void Add(ExportRequest request)
        {
            if (ExportRequestSplitter.TrySplit(request, out ExportRequest? first, out ExportRequest? second))
            {
                Assert.Equal(request.ItemCount, first!.ItemCount + second!.ItemCount);
                Assert.InRange(first.ItemCount - second.ItemCount, -1, 0);
                Add(first);
                Add(second);
            }
            else
            {
                Assert.Equal(1, request.ItemCount);
                pieces.Add(request.Body.ToArray());
            }

            request.Release();
        }
    }

    private static string Text(byte[] bytes) => Convert.ToHexString(bytes);

    /// <summary>A metric for each point.</summary>
    private static IEnumerable<Metric> PointByPoint(Metric metric)
    {
        int points = Points(metric)?.Count ?? 0;
        for (int index = 0; index < points; index++)
        {
            Metric copy = metric.Clone();
            System.Collections.IList list = Points(copy)!;
            object? point = list[index];
            list.Clear();
            list.Add(point);
            yield return copy;
        }
    }

    private static System.Collections.IList? Points(Metric metric) => metric.DataCase switch
    {
        Metric.DataOneofCase.Gauge => metric.Gauge.DataPoints,
        Metric.DataOneofCase.Sum => metric.Sum.DataPoints,
        Metric.DataOneofCase.Histogram => metric.Histogram.DataPoints,
        Metric.DataOneofCase.ExponentialHistogram => metric.ExponentialHistogram.DataPoints,
        Metric.DataOneofCase.Summary => metric.Summary.DataPoints,
        _ => null,
    };
}
