using Microsoft.Extensions.Time.Testing;
using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Configuration;
using OpencodeOtel.Pipeline.Diagnostics;
using OpencodeOtel.Pipeline.Exporting;
using OpencodeOtel.Pipeline.Exporting.Credentials;
using OpencodeOtel.Pipeline.Exporting.Delivering;
using OpencodeOtel.Pipeline.Tests.Exporting.Delivering;
using OpencodeOtel.Pipeline.Tests.Support;
using OpencodeOtel.TestCollector;
using GrpcCode = Grpc.Core.StatusCode;

namespace OpencodeOtel.Pipeline.Tests.Exporting.Credentials;

/// <summary>The helper in its place: behind queue, gate and retry, before the transports.</summary>
public sealed class HelperDeliveryTests : IAsyncDisposable
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);

    private readonly RecordingLogger _logger = new();
    private readonly ScriptedHelper _helper = new();
    private readonly DeliveryAccount _account = new();
    private readonly SignalDestinations _destinations = SignalDestinations.All(Destination.Of(OtlpProtocol.Grpc, new Uri("http://x")));
    private readonly FakeTimeProvider _time = new();
    private readonly HelperCredentials _credentials;

    public HelperDeliveryTests() => _credentials = new HelperCredentials(_helper.RunAsync, [_destinations], _logger, _time);

    public static TheoryData<OtlpProtocol> Protocols => [.. Destination.Protocols];

    public ValueTask DisposeAsync() => _credentials.DisposeAsync();

    [Fact]
    public async Task The_first_export_waits_for_the_helper_and_counts_as_one_attempt()
    {
        ScriptedSender transport = new(new SendResult(SendOutcome.Accepted));
        await using Exporter exporter = Make(transport, null);
        exporter.Start();
        await Eventually.HoldsAsync(() => _helper.Runs == 1); // Before there is anything to send.
        exporter.Enqueue(Payload.Of(Signal.Logs));
        Assert.Equal(0, transport.Sent);
        Task completed = exporter.CompleteAsync(Long, CancellationToken.None);
        _helper.Give(0, "one");
        await completed;
        Assert.Equal(1, exporter.Report().Logs.Delivered);
        Assert.Equal(1, exporter.Report().Requests);
    }

    [Fact]
    public async Task A_helper_that_hangs_does_not_hold_up_an_end_without_exports()
    {
        await using Exporter exporter = Make(new ScriptedSender(new SendResult(SendOutcome.Accepted)), null);
        exporter.Start();
        await Eventually.HoldsAsync(() => _helper.Runs == 1);
        await exporter.CompleteAsync(Timeout.InfiniteTimeSpan, CancellationToken.None);
    }

    [Fact]
    public async Task At_the_deadline_what_waits_for_a_helper_that_hangs_is_given_up_and_was_never_tried()
    {
        ScriptedSender transport = new(new SendResult(SendOutcome.Accepted));
        await using Exporter exporter = Make(transport, null);
        exporter.Start();
        exporter.Enqueue(Payload.Of(Signal.Logs, items: 3));
        await Eventually.HoldsAsync(() => _helper.Runs == 1);
        using CancellationTokenSource deadline = new();
        Task completed = exporter.CompleteAsync(Timeout.InfiniteTimeSpan, deadline.Token);
        await deadline.CancelAsync();
        await completed;
        ExporterReport report = exporter.Report();
        Assert.Equal((3, 0, 0), (report.Logs.Dropped, report.Requests, transport.Sent));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_is_refused_while_the_helper_fails_is_kept_or_tried_until_its_time_is_up(bool hasStore)
    {
        KeepingStore store = new();
        await using Exporter exporter = Make(new ScriptedSender(new SendResult(SendOutcome.Unauthenticated, Message: "x answered 401")), hasStore ? store : null);
        exporter.Start();
        await Eventually.HoldsAsync(() => _helper.Runs == 1);
        _helper.Give(0, "one");
        exporter.Enqueue(Payload.Of(Signal.Logs, items: 3));
        await Eventually.HoldsAsync(() => _helper.Runs == 2);
        _helper.Fail(1, "the helper is ill");
        await exporter.CompleteAsync(Long, CancellationToken.None);
        ExporterReport report = exporter.Report();
        Assert.Equal(hasStore ? (3, 0) : (0, 3), (report.Logs.Spooled, report.Logs.Expired));
        Assert.Equal(hasStore ? [3] : [], store.Kept);
        Assert.Contains("x answered 401; the helper is ill", _logger.All, StringComparison.Ordinal);
        Assert.Equal(2, _helper.Runs);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task New_headers_are_in_the_next_request_over_the_configured_ones_without_regard_to_case(OtlpProtocol protocol)
    {
        await using OtlpTestServer server = await OtlpTestServer.StartAsync();
        SignalDestinations destinations = Destinations(protocol, server);
        await using IPayloadSender sender = Destination.Sender(protocol, destinations);
        List<string> expected = [];
        foreach (string token in new[] { "one", "two" })
        {
            destinations.Override([new("AUTHORIZATION", new Secret(token)), new("x-new", new Secret(token)), new("User-Agent", new Secret($"agent/{token}"))]);
            foreach (Signal signal in Enum.GetValues<Signal>())
            {
                Assert.Equal(SendOutcome.Accepted, (await sender.SendAsync(Payload.Of(signal, sender.Form), CancellationToken.None)).Outcome);
                expected.Add($"{token} {token} agent/{token} one");
            }
        }

        Assert.Equal(expected, server.Requests.Select(request =>
            $"{request.Headers["authorization"]} {request.Headers["x-new"]} {request.Headers["user-agent"]} {request.Headers["x-tenant"]}"));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task What_a_server_repeats_of_any_headers_is_not_shown(OtlpProtocol protocol)
    {
        await using OtlpTestServer server = await OtlpTestServer.StartAsync(
            _ => ScriptedAnswer.Failure(401, GrpcCode.Unauthenticated, $"{Destination.Secret} then MARKED-OLD then MARKED-NEW"));
        SignalDestinations destinations = Destinations(protocol, server);
        await using IPayloadSender sender = Destination.Sender(protocol, destinations);
        destinations.Override([new("authorization", new Secret("Bearer MARKED-OLD"))]);
        destinations.Override([new("authorization", new Secret("Bearer MARKED-NEW"))]);
        SendResult result = await sender.SendAsync(Payload.Of(Signal.Logs, sender.Form), CancellationToken.None);
        Assert.EndsWith(": *** then *** then ***", result.Message, StringComparison.Ordinal);
    }

    private static SignalDestinations Destinations(OtlpProtocol protocol, OtlpTestServer server)
    {
        SignalDestinations destinations = new();
        foreach (Signal signal in Enum.GetValues<Signal>())
        {
            destinations[signal] = Destination.Of(
                protocol, protocol == OtlpProtocol.Grpc ? server.GrpcEndpoint : new Uri(server.HttpEndpoint, $"v1/{signal.ToString().ToLowerInvariant()}"));
        }

        return destinations;
    }

    /// <summary>An exporter whose retries, unlike the helper's, run by the real clock.</summary>
    private Exporter Make(IPayloadSender transport, IRequestStore? store) => new(
        "test",
        SignalSenders.All(new CredentialSender(transport, _credentials, _account)),
        _ => new DeliveryOptions(1024 * 1024) { Retry = new RetryPolicy(TimeSpan.FromSeconds(1)) },
        _logger,
        TimeProvider.System,
        store,
        _account);
}
