using OpencodeOtel.Otlp.Messages;
using OpencodeOtel.Otlp.Model;

namespace OpencodeOtel.Otlp.Tests.Messages;

/// <summary>Messages written by hand by the rules of OTLP/JSON; with single quotes, and over lines, to be read.</summary>
public sealed class JsonVectorTests
{
    private const string Attributes = "[{'key':'k','value':{'stringValue':'v'}}]";

    private const string TraceId = "'traceId':'000102030405060708090a0b0c0d0e0f'";

    private const string SpanId = "'spanId':'1011121314151617'";

    [Fact]
    public void Items_107_108_109_110_111_A_span_with_every_field() => AssertJson(
        $$"""
        { {{TraceId}},{{SpanId}},'traceState':'a=b','parentSpanId':'18191a1b1c1d1e1f','name':'op','kind':3,
        'startTimeUnixNano':'1','endTimeUnixNano':'2','attributes':{{Attributes}},'droppedAttributesCount':3,
        'events':[{'timeUnixNano':'4','name':'e','attributes':{{Attributes}},'droppedAttributesCount':5}],'droppedEventsCount':6,
        'links':[{ {{TraceId}},{{SpanId}},'traceState':'c=d','attributes':{{Attributes}},'droppedAttributesCount':7,'flags':1}],
        'droppedLinksCount':300,'status':{'message':'bad','code':2},'flags':257},
        """,
        Encoded.Item<SpanEncoder, Span>(WireForm.Json, Some.Span));

    [Fact]
    public void Items_107_108_109_110_111_A_log_record_with_every_field() => AssertJson(
        $$"""
        {'timeUnixNano':'1','severityNumber':9,'severityText':'INFO','body':{'stringValue':'hi'},'attributes':{{Attributes}},
        'droppedAttributesCount':3,'flags':1,{{TraceId}},{{SpanId}},'observedTimeUnixNano':'2','eventName':'ev'},
        """,
        Encoded.Item<LogRecordEncoder, LogRecord>(WireForm.Json, Some.Log));

    [Fact]
    public void Items_108_193_A_number_point_with_an_exemplar() => AssertJson(
        $$"""
        {'startTimeUnixNano':'1','timeUnixNano':'2',
        'exemplars':[{'timeUnixNano':'4','asDouble':1,{{SpanId}},{{TraceId}},'filteredAttributes':{{Attributes}} }],
        'asInt':'3','attributes':{{Attributes}},'flags':1},
        """,
        Encoded.Item<NumberDataPointEncoder, NumberDataPoint>(WireForm.Json, Some.Number));

    [Fact]
    public void Items_110_111_A_histogram_point() => AssertJson(
        $$"""
        {'startTimeUnixNano':'1','timeUnixNano':'2','count':'3','sum':1,'bucketCounts':['1','2'],'explicitBounds':[1],
        'attributes':{{Attributes}},'flags':1,'min':0,'max':-1},
        """,
        Encoded.Item<HistogramDataPointEncoder, HistogramDataPoint>(WireForm.Json, Some.Histogram));

    [Fact]
    public void Items_110_111_An_exponential_histogram_point() => AssertJson(
        $$"""
        {'attributes':{{Attributes}},'startTimeUnixNano':'1','timeUnixNano':'2','count':'303','sum':1,'scale':-2,'zeroCount':'1',
        'positive':{'offset':3,'bucketCounts':['1','300']},'negative':{'offset':-1,'bucketCounts':['1']},
        'flags':1,'min':-1,'max':1,'zeroThreshold':0.5},
        """,
        Encoded.Item<ExponentialHistogramDataPointEncoder, ExponentialHistogramDataPoint>(WireForm.Json, Some.Exponential));

    [Fact]
    public void A_summary_point() => AssertJson(
        $$"""
        {'startTimeUnixNano':'1','timeUnixNano':'2','count':'3','sum':1,'quantileValues':[{'value':0.5},{'quantile':1,'value':1}],
        'attributes':{{Attributes}},'flags':1},
        """,
        Encoded.Item<SummaryDataPointEncoder, SummaryDataPoint>(WireForm.Json, Some.Summary));

    [Fact]
    public void Items_117_119_120_A_request_is_one_complete_object() => AssertJson(
        $$"""
        {'resourceLogs':[
          {'resource':{'attributes':{{Attributes}},'droppedAttributesCount':1,
            'entityRefs':[{'schemaUrl':'s','type':'t','idKeys':['k','l'],'descriptionKeys':['m']}]},
          'scopeLogs':[
            {'scope':{'name':'n','version':'1','attributes':{{Attributes}},'droppedAttributesCount':2},
            'logRecords':[{'eventName':'a'},{}],
            'schemaUrl':'ss'}],
          'schemaUrl':'rs'}]}
        """,
        Encoded.Request(Signal.Logs, WireForm.Json, Some.Resource, Some.Scope, builder =>
        {
            builder.TryAppend(new LogRecord { EventName = "a" }, 1 << 20);
            builder.TryAppend(default(LogRecord), 1 << 20);
        }));

    [Fact]
    public void A_metric_closes_with_what_follows_its_points() => AssertJson(
        $$"""
        {'resourceMetrics':[{'resource':{},'scopeMetrics':[{'scope':{},'metrics':[
          {'name':'a','description':'d','unit':'1',
            'sum':{'dataPoints':[{'asInt':'1'},{'asInt':'2'}],'aggregationTemporality':2,'isMonotonic':true},
            'metadata':{{Attributes}} },
          {'name':'b','gauge':{'dataPoints':[{'asDouble':0}] } }] }] }] }
        """,
        Encoded.Request(Signal.Metrics, WireForm.Json, new Resource(), new InstrumentationScope(), builder =>
        {
            var sum = new Metric
            {
                Name = "a",
                Description = "d",
                Unit = "1",
                Metadata = Some.Attribute,
                Kind = MetricKind.Sum,
                Temporality = AggregationTemporality.Cumulative,
                IsMonotonic = true,
            };
            builder.TryAppend(sum, new NumberDataPoint { Value = 1L }, 1 << 20);
            builder.TryAppend(sum, new NumberDataPoint { Value = 2L }, 1 << 20);
            builder.TryAppend(new Metric { Name = "b", Kind = MetricKind.Gauge }, new NumberDataPoint { Value = 0.0 }, 1 << 20);
        }));

    private static void AssertJson(string expected, byte[] actual) =>
        Encoded.AssertJson(string.Concat(expected.Where(c => !char.IsWhiteSpace(c))).Replace('\'', '"'), actual);
}
