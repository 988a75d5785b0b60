using System.IO.Compression;
using System.Net;
using System.Text;
using Google.Protobuf;
using Google.Rpc;
using OpencodeOtel.TestCollector;
using OpenTelemetry.Proto.Collector.Trace.V1;
using OpenTelemetry.Proto.Common.V1;

namespace OpencodeOtel.Conformance.Collector;

public sealed class HttpReceptionTests : IAsyncLifetime
{
    private const string Protobuf = "application/x-protobuf";
    private const string Json = "application/json";
    private ServerAndClients _loopback = null!;

    private OtlpTestServer Server => _loopback.Server;

    public async Task InitializeAsync() => _loopback = await ServerAndClients.StartAsync();

    public async Task DisposeAsync() => await _loopback.DisposeAsync();

    [Fact]
    public async Task Protobuf_of_each_signal_is_kept_and_decoded()
    {
        IMessage[] messages = [Sample.Traces(), Sample.Metrics(), Sample.Logs()];
        string[] paths = ["/v1/traces", "/v1/metrics", "/v1/logs"];
        foreach ((IMessage message, string path) in messages.Zip(paths))
        {
            using HttpResponseMessage response = await _loopback.PostAsync(path, Protobuf, message.ToByteArray());
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Equal(Protobuf, response.Content.Headers.ContentType?.MediaType);
            Assert.Empty(await response.Content.ReadAsByteArrayAsync());
        }

        Assert.Equal(messages, Server.Requests.Select(request => request.Message));
        Assert.Equal([0, 1, 2], Server.Requests.Select(request => request.Order));
        Assert.Equal(
            [OtlpSignal.Traces, OtlpSignal.Metrics, OtlpSignal.Logs],
            Server.Requests.Select(request => request.Signal));
        Assert.Equal([1, 2, 1], Server.Requests.Select(request => request.ItemCount()));
        Assert.All(Server.Requests, request => Assert.Equal(request.Message.ToByteArray(), request.Body.ToArray()));
        Assert.Equal("noted", Assert.Single(Server.LogRecords).Item.EventName);
        Assert.Equal("count", Assert.Single(Server.Metrics).Item.Name);
    }

    [Fact]
    public async Task A_span_comes_with_its_resource_its_scope_and_their_schemas()
    {
        using HttpResponseMessage response =
            await _loopback.PostAsync("/v1/traces", Protobuf, Sample.Traces().ToByteArray());
        Received<OpenTelemetry.Proto.Trace.V1.Span> span = Assert.Single(Server.Spans);
        Assert.Equal(Sample.Span("work"), span.Item);
        Assert.Equal([Sample.Text("service.name", "demo")], span.Resource.Attributes);
        Assert.Equal(("scope", "1.2"), (span.Scope.Name, span.Scope.Version));
        Assert.Equal("https://example.test/resource", span.ResourceSchemaUrl);
        Assert.Equal("https://example.test/scope", span.ScopeSchemaUrl);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("Application/JSON")]
    public async Task Json_is_kept_and_decoded_and_answered_in_json(string contentType)
    {
        byte[] body = Encoding.UTF8.GetBytes(Sample.TracesJson);
        using HttpResponseMessage response = await _loopback.PostAsync("/v1/traces", contentType, body);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(Json, response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("{ }", await response.Content.ReadAsStringAsync());
        ReceivedRequest request = Assert.Single(Server.Accepted);
        Assert.Equal((contentType, OtlpTransport.Http), (request.ContentType, request.Transport));
        Assert.Equal(Sample.Traces(), request.Message);
        Assert.Equal(body, request.Body.ToArray());
    }

    [Fact]
    public async Task A_gzipped_body_is_decoded_and_its_headers_are_kept()
    {
        using HttpResponseMessage response =
            await _loopback.PostAsync("/v1/traces", Protobuf, Gzip(Sample.Traces().ToByteArray()), "gzip");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        ReceivedRequest request = Assert.Single(Server.Requests);
        Assert.Equal(Sample.Traces().ToByteArray(), request.Body.ToArray());
        Assert.Equal("gzip", request.Headers["content-encoding"]);
    }

    [Fact]
    public async Task A_body_far_above_the_defaults_of_the_server_is_taken()
    {
        ExportTraceServiceRequest message = Sample.Traces(new string('x', 32 * 1024 * 1024));
        using HttpResponseMessage response = await _loopback.PostAsync("/v1/traces", Protobuf, message.ToByteArray());
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(message, Assert.Single(Server.Requests).Message);
    }

    [Fact]
    public async Task Attribute_values_nest_as_deep_as_the_specification_allows()
    {
        var value = new AnyValue { BoolValue = false };
        for (int level = 0; level < 64; level++)
        {
            value = new AnyValue { KvlistValue = new() { Values = { new KeyValue { Key = "k", Value = value } } } };
        }

        ExportTraceServiceRequest message = Sample.Traces();
        message.ResourceSpans[0].Resource.Attributes.Add(new KeyValue { Key = "deep", Value = value });
        using HttpResponseMessage response = await _loopback.PostAsync("/v1/traces", Protobuf, message.ToByteArray());
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(message, Assert.Single(Server.Requests).Message);
    }

    [Theory]
    [InlineData("text/plain", null)]
    [InlineData("application/protobuf", null)]
    [InlineData(null, null)]
    [InlineData(Protobuf, "br")]
    public async Task Another_media_type_or_encoding_is_not_supported(string? contentType, string? encoding)
    {
        using HttpResponseMessage response =
            await _loopback.PostAsync("/v1/traces", contentType, Sample.Traces().ToByteArray(), encoding);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
        Assert.NotEmpty(Status.Parser.ParseFrom(await response.Content.ReadAsByteArrayAsync()).Message);
        Assert.Empty(Server.Requests);
        Assert.Single(Server.Refused);
    }

    [Theory]
    [InlineData("0A")] // a field without its length
    [InlineData("0A05 0A03")] // a length that goes past the end
    [InlineData("00")] // no field has number 0
    [InlineData("0A03 1A01FF")] // a schema_url that is not UTF-8
    public async Task Malformed_protobuf_is_refused_with_a_status(string hex)
    {
        byte[] body = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
        using HttpResponseMessage response = await _loopback.PostAsync("/v1/traces", Protobuf, body);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(Protobuf, response.Content.Headers.ContentType?.MediaType);
        var status = Status.Parser.ParseFrom(await response.Content.ReadAsByteArrayAsync());
        Assert.Equal(Assert.Single(Server.Refused).Reason, status.Message);
    }

    [Fact]
    public async Task Malformed_json_is_refused_with_a_status_in_json()
    {
        string json = Sample.TracesJson.Replace("\"eee19b7ec3c1b174\"", "\"eee1\"", StringComparison.Ordinal);
        byte[] body = Encoding.UTF8.GetBytes(json);
        using HttpResponseMessage response = await _loopback.PostAsync("/v1/traces", Json, body);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Status status = JsonParser.Default.Parse<Status>(await response.Content.ReadAsStringAsync());
        Assert.Contains("spanId: expected 16 hex digits", status.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_is_gzip_only_in_name_is_refused()
    {
        byte[] whole = Gzip(Sample.Traces().ToByteArray());
        foreach (byte[] body in new[] { Sample.Traces().ToByteArray(), whole[..(whole.Length / 2)] })
        {
            using HttpResponseMessage response = await _loopback.PostAsync("/v1/traces", Protobuf, body, "gzip");
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        }

        Assert.Equal(2, Server.Refused.Count);
        Assert.Empty(Server.Requests);
    }

    [Fact]
    public async Task An_id_that_no_backend_could_use_is_refused()
    {
        ExportTraceServiceRequest zero = Sample.Traces();
        zero.ResourceSpans[0].ScopeSpans[0].Spans[0].TraceId = ByteString.CopyFrom(new byte[16]);
        ExportTraceServiceRequest absent = Sample.Traces();
        absent.ResourceSpans[0].ScopeSpans[0].Spans[0].SpanId = ByteString.Empty;
        ExportTraceServiceRequest tooLong = Sample.Traces();
        tooLong.ResourceSpans[0].ScopeSpans[0].Spans[0].ParentSpanId = ByteString.CopyFrom(1, 2, 3, 4, 5, 6, 7, 8, 9);
        foreach (ExportTraceServiceRequest request in new[] { zero, absent, tooLong })
        {
            using HttpResponseMessage response = await _loopback.PostAsync("/v1/traces", Protobuf, request.ToByteArray());
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        }

        Assert.Equal(
            [
                "trace_id of span 'work' is all zero.",
                "span_id of span 'work' has 0 bytes instead of 8.",
                "parent_span_id of span 'work' has 9 bytes instead of 8.",
            ],
            Server.Refused.Select(request => request.Reason));
    }

    [Fact]
    public async Task Only_a_post_to_the_path_of_a_signal_is_served()
    {
        using HttpResponseMessage elsewhere = await _loopback.PostAsync("/v1/profiles", Protobuf, []);
        using HttpResponseMessage read = await _loopback.GetAsync("/v1/traces");
        Assert.Equal(HttpStatusCode.NotFound, elsewhere.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, read.StatusCode);
    }

    private static byte[] Gzip(byte[] data)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Fastest))
        {
            gzip.Write(data);
        }

        return target.ToArray();
    }
}
