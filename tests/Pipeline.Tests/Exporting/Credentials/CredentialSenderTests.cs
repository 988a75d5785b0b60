using Microsoft.Extensions.Time.Testing;
using OpencodeOtel.Otlp;
using OpencodeOtel.Pipeline.Configuration;
using OpencodeOtel.Pipeline.Diagnostics;
using OpencodeOtel.Pipeline.Exporting;
using OpencodeOtel.Pipeline.Exporting.Credentials;
using OpencodeOtel.Pipeline.Tests.Support;

namespace OpencodeOtel.Pipeline.Tests.Exporting.Credentials;

public sealed class CredentialSenderTests : IAsyncDisposable
{
    private static readonly SendResult Taken = new(SendOutcome.Accepted);
    private static readonly SendResult Unauthenticated = new(SendOutcome.Unauthenticated, Message: "x answered 401");

    private readonly FakeTimeProvider _time = new();
    private readonly ScriptedHelper _helper = new();
    private readonly DeliveryAccount _account = new();
    private readonly SignalDestinations _destinations = SignalDestinations.All(Destination.Of(OtlpProtocol.Grpc, new Uri("http://x")));
    private readonly HelperCredentials _credentials;

    // What the server takes; everything else is refused.
    private string _valid = "one";
    private int _sent;

    public CredentialSenderTests() => _credentials = new HelperCredentials(_helper.RunAsync, [_destinations], new RecordingLogger(), _time);

    private string Token => _destinations.Any.Headers.Single(header => header.Key.Equals("authorization", StringComparison.OrdinalIgnoreCase)).Value.Reveal();

    public ValueTask DisposeAsync() => _credentials.DisposeAsync();

    [Fact]
    public async Task While_its_headers_are_taken_the_helper_is_not_run_again()
    {
        await using CredentialSender sender = await PreparedAsync();
        Assert.Equal(Taken, await sender.SendAsync(Payload.Of(), CancellationToken.None));
        Assert.Equal((1, 1), (_sent, _helper.Runs));
        Assert.Equal((0, 0), Counted());
    }

    [Fact]
    public async Task Refused_headers_are_renewed_and_the_same_payload_is_sent_once_more()
    {
        await using CredentialSender sender = await PreparedAsync();
        _valid = "two";
        Task<SendResult> sending = sender.SendAsync(Payload.Of(), CancellationToken.None).AsTask();
        await Eventually.HoldsAsync(() => _helper.Runs == 2);
        _helper.Give(1, "two");
        Assert.Equal(Taken, await sending);
        Assert.Equal(2, _sent);
        Assert.Equal((1, 1), Counted()); // The first attempt is counted by who called.
    }

    [Fact]
    public async Task Payloads_that_are_refused_together_have_the_helper_run_once_and_are_all_sent_again()
    {
        await using CredentialSender sender = await PreparedAsync();
        _valid = "two";
        Task<SendResult>[] sending = [.. Enumerable.Range(0, 10).Select(_ => sender.SendAsync(Payload.Of(), CancellationToken.None).AsTask())];
        await Eventually.HoldsAsync(() => _helper.Runs == 2);
        _helper.Give(1, "two");
        Assert.All(await Task.WhenAll(sending), result => Assert.Equal(Taken, result));
        Assert.Equal((20, 2), (_sent, _helper.Runs));
    }

    [Fact]
    public async Task What_is_refused_with_the_new_headers_too_is_final()
    {
        await using CredentialSender sender = await PreparedAsync();
        _valid = "three";
        Task<SendResult> sending = sender.SendAsync(Payload.Of(), CancellationToken.None).AsTask();
        await Eventually.HoldsAsync(() => _helper.Runs == 2);
        _helper.Give(1, "two");
        SendResult result = await sending;
        Assert.Equal(SendOutcome.Unauthenticated, result.Outcome);
        Assert.Equal("x answered 401; so it did before the headers helper was run again", result.Message);
        Assert.Equal((2, 2), (_sent, _helper.Runs));

        // Nor has it a process started for each of the payloads that follow at once.
        Assert.Equal(Unauthenticated, await sender.SendAsync(Payload.Of(), CancellationToken.None));
        Assert.Equal((3, 2), (_sent, _helper.Runs));
    }

    [Fact]
    public async Task When_the_helper_fails_the_payload_may_be_sent_again_later()
    {
        await using CredentialSender sender = await PreparedAsync();
        _valid = "two";
        Task<SendResult> sending = sender.SendAsync(Payload.Of(), CancellationToken.None).AsTask();
        await Eventually.HoldsAsync(() => _helper.Runs == 2);
        _helper.Fail(1, "the headers helper h ended with exit code 1");
        SendResult kept = new(SendOutcome.Retryable, Message: "x answered 401; the headers helper h ended with exit code 1", RetryDelay: TimeSpan.FromSeconds(10));
        Assert.Equal(kept, await sending);
        Assert.Equal(1, _sent);
        Assert.Equal((0, 0), Counted());

        _time.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal(kept with { RetryDelay = TimeSpan.FromSeconds(6) }, await sender.SendAsync(Payload.Of(), CancellationToken.None));
        Assert.Equal((2, 2), (_sent, _helper.Runs));
    }

    [Fact]
    public async Task Other_failures_do_not_run_the_helper()
    {
        await PreparedAsync();
        foreach (SendOutcome outcome in new[] { SendOutcome.Retryable, SendOutcome.Refused, SendOutcome.TooLarge })
        {
            CredentialSender sender = new(new ScriptedSender(new SendResult(outcome)), _credentials, _account);
            Assert.Equal(outcome, (await sender.SendAsync(Payload.Of(), CancellationToken.None)).Outcome);
        }

        Assert.Equal(1, _helper.Runs);
    }

    [Fact]
    public async Task Giving_a_payload_up_does_not_wait_for_a_helper_that_hangs()
    {
        await using CredentialSender sender = await PreparedAsync();
        _valid = "two";
        using CancellationTokenSource cancel = new();
        Task<SendResult> sending = sender.SendAsync(Payload.Of(), cancel.Token).AsTask();
        await Eventually.HoldsAsync(() => _helper.Runs == 2);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
    }

    private (long Requests, long Retries) Counted()
    {
        ExporterReport report = _account.Report("x");
        return (report.Requests, report.Retries);
    }

    private async Task<CredentialSender> PreparedAsync()
    {
        CredentialSender sender = new(new ScriptedSender(Answer), _credentials, _account);
        Task prepared = sender.PrepareAsync(CancellationToken.None);
        await Eventually.HoldsAsync(() => _helper.Runs == 1);
        _helper.Give(0, "one");
        await prepared;
        return sender;
    }

    private ValueTask<SendResult> Answer(ExportRequest request, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _sent);
        return new ValueTask<SendResult>(Token == $"Bearer {_valid}" ? Taken : Unauthenticated);
    }
}
