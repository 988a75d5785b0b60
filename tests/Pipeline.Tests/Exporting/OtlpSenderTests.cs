using OpencodeOtel.Otlp;
using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Configuration;
using OpencodeOtel.Pipeline.Exporting;
using OpencodeOtel.TestCollector;
using GrpcCode = Grpc.Core.StatusCode;

namespace OpencodeOtel.Pipeline.Tests.Exporting;

/// <summary>What holds for OTLP whatever the transport.</summary>
public class OtlpSenderTests
{
    public static TheoryData<OtlpProtocol> Protocols => [OtlpProtocol.Grpc, OtlpProtocol.HttpProtobuf, OtlpProtocol.HttpJson];

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Items_001_026_030_091_Every_signal_arrives_byte_for_byte_with_its_headers(OtlpProtocol protocol)
    {
        await using OtlpTestServer server = await OtlpTestServer.StartAsync();
        await using IPayloadSender sender = Destination.Sender(protocol, server);
        List<byte[]> sent = [];
        foreach (Signal signal in Enum.GetValues<Signal>())
        {
            ExportRequest request = Payload.Of(signal, sender.Form, items: 3);
            sent.Add(request.Body.ToArray());
            SendResult result = await sender.SendAsync(request, CancellationToken.None);
            Assert.Equal(new SendResult(SendOutcome.Accepted), result with { Status = null, MediaType = null });
            Assert.Equal(protocol == OtlpProtocol.Grpc ? 0 : 200, result.Status);
        }

        Assert.Empty(server.Refused);
        Assert.Equal(["Traces", "Metrics", "Logs"], server.Requests.Select(request => request.Signal.ToString()));
        Assert.Equal(sent, server.Requests.Select(request => request.Body.ToArray()));
        Assert.All(server.Requests, request =>
        {
            Assert.Equal($"Bearer {Destination.Secret}", request.Headers["authorization"]);
            Assert.Equal("one", request.Headers["x-tenant"]);
            Assert.Equal($"opencode-otel/{ProductInfo.Version} OTel-OTLP-Exporter-CSharp/{ProductInfo.Version}", request.Headers["user-agent"]);
            Assert.Equal(3, request.ItemCount());
            Assert.DoesNotContain("traceparent", request.Headers.Keys);
            Assert.DoesNotContain("cookie", request.Headers.Keys);
            Assert.DoesNotContain("expect", request.Headers.Keys);
        });
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task A_large_request_arrives(OtlpProtocol protocol)
    {
        await using OtlpTestServer server = await OtlpTestServer.StartAsync();
        await using IPayloadSender sender = Destination.Sender(protocol, server);
        ExportRequest request = Payload.Of(Signal.Logs, sender.Form, items: 5, padding: 1024 * 1024);
        Assert.Equal(SendOutcome.Accepted, (await sender.SendAsync(request, CancellationToken.None)).Outcome);
        Assert.Equal(5, server.LogRecords.Count);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Items_051_052_054_A_partial_success_is_accepted_less_what_was_rejected(OtlpProtocol protocol)
    {
        await using OtlpTestServer server = await OtlpTestServer.StartAsync(_ => ScriptedAnswer.Partial(2, "too old"));
        await using IPayloadSender sender = Destination.Sender(protocol, server);
        foreach (Signal signal in Enum.GetValues<Signal>())
        {
            SendResult result = await sender.SendAsync(Payload.Of(signal, sender.Form, items: 5), CancellationToken.None);
            Assert.Equal(SendOutcome.Accepted, result.Outcome);
            Assert.Equal(2, result.RejectedItems);
            Assert.EndsWith(": too old", result.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Item_053_A_warning_without_rejections_is_full_success_and_said(OtlpProtocol protocol)
    {
        await using OtlpTestServer server = await OtlpTestServer.StartAsync(_ => ScriptedAnswer.Partial(0, "deprecated"));
        await using IPayloadSender sender = Destination.Sender(protocol, server);
        SendResult result = await sender.SendAsync(Payload.Of(Signal.Logs, sender.Form), CancellationToken.None);
        Assert.Equal(SendOutcome.Accepted, result.Outcome);
        Assert.Equal(0, result.RejectedItems);
        Assert.EndsWith(": deprecated", result.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Item_041_A_refused_connection_is_retryable_and_says_where(OtlpProtocol protocol)
    {
        Uri unused = Destination.Unused();
        SendResult result = await Destination.SendOnceAsync(Destination.Of(protocol, unused));
        Assert.Equal(SendOutcome.Retryable, result.Outcome);
        Assert.Equal($"http://127.0.0.1:{unused.Port} refused the connection", result.Message);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task A_name_that_does_not_resolve_is_retryable_and_says_so(OtlpProtocol protocol)
    {
        SendResult result = await Destination.SendOnceAsync(Destination.Of(protocol, new Uri("http://no-such-host.invalid:4317/v1/logs")));
        Assert.Equal(SendOutcome.Retryable, result.Outcome);
        Assert.Contains("no-such-host.invalid", result.Message, StringComparison.Ordinal);
        Assert.StartsWith("the name of ", result.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task No_answer_in_time_is_retryable_and_says_so(OtlpProtocol protocol)
    {
        TaskCompletionSource never = new();
        await using OtlpTestServer server = await OtlpTestServer.StartAsync(_ => ScriptedAnswer.Held(never.Task));
        OtlpDestination destination = Destination.Of(protocol, protocol == OtlpProtocol.Grpc ? server.GrpcEndpoint : new Uri(server.HttpEndpoint, "v1/logs"));
        SendResult result = await Destination.SendOnceAsync(destination with { Timeout = TimeSpan.FromMilliseconds(200) });
        Assert.Equal(SendOutcome.Retryable, result.Outcome);
        Assert.StartsWith("no answer from http://127.0.0.1:", result.Message, StringComparison.Ordinal);
        Assert.EndsWith(" within 0.2 s", result.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Cancelling_ends_a_call_at_once(OtlpProtocol protocol)
    {
        TaskCompletionSource never = new();
        await using OtlpTestServer server = await OtlpTestServer.StartAsync(_ => ScriptedAnswer.Held(never.Task));
        await using IPayloadSender sender = Destination.Sender(protocol, server);
        using CancellationTokenSource cancel = new();
        ValueTask<SendResult> sending = sender.SendAsync(Payload.Of(Signal.Logs, sender.Form), cancel.Token);
        await server.WaitForAsync(arrived => arrived.Requests.Count == 1, TimeSpan.FromSeconds(30));
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await sending);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Item_063_A_request_is_known_to_be_written_before_it_is_answered(OtlpProtocol protocol)
    {
        TaskCompletionSource answer = new();
        await using OtlpTestServer server = await OtlpTestServer.StartAsync(_ => ScriptedAnswer.Held(answer.Task));
        await using IPayloadSender sender = Destination.Sender(protocol, server);
        TaskCompletionSource written = new(TaskCreationOptions.RunContinuationsAsynchronously);
        ValueTask<SendResult> sending = sender.SendAsync(Payload.Of(Signal.Logs, sender.Form), () => written.TrySetResult(), CancellationToken.None);
        await written.Task.WaitAsync(TimeSpan.FromSeconds(30));
        answer.SetResult();
        Assert.Equal(SendOutcome.Accepted, (await sending).Outcome);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Item_063_A_request_to_a_server_that_is_not_there_is_never_said_to_be_written(OtlpProtocol protocol)
    {
        await using IPayloadSender sender = Destination.Sender(Destination.Of(protocol, Destination.Unused()));
        bool written = false;
        await sender.SendAsync(Payload.Of(Signal.Logs, sender.Form), () => written = true, CancellationToken.None);
        Assert.False(written);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task A_server_that_echoes_a_header_does_not_make_us_say_it(OtlpProtocol protocol)
    {
        await using OtlpTestServer server = await OtlpTestServer.StartAsync(
            _ => ScriptedAnswer.Failure(401, GrpcCode.Unauthenticated, $"token {Destination.Secret}\nis bad"));
        await using IPayloadSender sender = Destination.Sender(protocol, server);
        SendResult result = await sender.SendAsync(Payload.Of(Signal.Logs, sender.Form), CancellationToken.None);
        Assert.Equal(SendOutcome.Unauthenticated, result.Outcome);
        Assert.EndsWith(": token *** is bad", result.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Item_042_The_connection_is_kept_between_requests(OtlpProtocol protocol)
    {
        await using OtlpTestServer server = await OtlpTestServer.StartAsync();
        Uri target = protocol == OtlpProtocol.Grpc ? server.GrpcEndpoint : server.HttpEndpoint;
        await using Relay relay = Relay.ToTcp(target.Port);
        await using IPayloadSender sender = Destination.Sender(Destination.Of(protocol, new Uri($"http://127.0.0.1:{relay.Port}/v1/logs")));
        for (int round = 0; round < 5; round++)
        {
            Assert.Equal(SendOutcome.Accepted, (await sender.SendAsync(Payload.Of(Signal.Logs, sender.Form), CancellationToken.None)).Outcome);
        }

        Assert.Equal(1, relay.Connections);
    }
}
