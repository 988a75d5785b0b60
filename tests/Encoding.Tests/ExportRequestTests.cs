using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Otlp.Tests.Messages;

namespace OpencodeOtel.Otlp.Tests;

/// <summary>A request lives as long as it has holders.</summary>
public sealed class ExportRequestTests
{
    [Fact]
    public void The_last_release_ends_it()
    {
        ExportRequest request = Completed();
        request.Retain();
        request.Release();
        Assert.NotEqual(0, request.Body.Length);
        request.Release();
        Assert.Throws<ObjectDisposedException>(() => request.Body);
        Assert.Throws<ObjectDisposedException>(request.Retain);
    }

    [Fact]
    public void A_release_too_many_throws_and_gives_nothing_back_twice()
    {
        ExportRequest request = Completed();
        request.Release();
        Assert.Throws<ObjectDisposedException>(request.Release);
        Assert.Throws<ObjectDisposedException>(request.Release);
    }

    [Fact]
    public void Holders_on_many_threads_see_the_same_bytes()
    {
        ExportRequest request = Completed();
        byte[] expected = request.Body.ToArray();
        Parallel.For(0, 8, _ =>
        {
            for (int round = 0; round < 1_000; round++)
            {
                request.Retain();
                Assert.Equal(expected.Length, request.Body.Length);
                request.Release();
            }
        });
        Assert.Equal(expected, request.Body.ToArray());
        request.Release();
        Assert.Throws<ObjectDisposedException>(request.Release);
    }

    [Theory]
    [InlineData(WireForm.Protobuf, "")]
    [InlineData(WireForm.Json, "{}")]
    public void A_request_without_records_is_the_shortest_message_of_its_form(WireForm form, string expected)
    {
        ExportRequest request = ExportRequest.Empty(Signal.Logs, form);
        Assert.Equal(expected, System.Text.Encoding.UTF8.GetString(request.Body.Span));
        Assert.Equal((Signal.Logs, form, 0), (request.Signal, request.Form, request.ItemCount));
        request.Release();
        Assert.Throws<ObjectDisposedException>(() => request.Body);
    }

    private static ExportRequest Completed()
    {
        using var builder = new ExportRequestBuilder(
            new ExportEnvelope(Signal.Traces, WireForm.Protobuf, Some.Resource, Some.Scope), 100);
        Assert.True(builder.TryAppend(Some.Span, int.MaxValue));
        ExportRequest request = builder.Complete();
        Assert.Equal((Signal.Traces, WireForm.Protobuf, 1), (request.Signal, request.Form, request.ItemCount));
        return request;
    }
}
