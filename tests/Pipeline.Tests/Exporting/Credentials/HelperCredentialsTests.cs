using Microsoft.Extensions.Time.Testing;
using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Configuration;
using OpencodeOtel.Pipeline.Exporting;
using OpencodeOtel.Pipeline.Exporting.Credentials;
using OpencodeOtel.Pipeline.Tests.Support;

namespace OpencodeOtel.Pipeline.Tests.Exporting.Credentials;

/// <summary>When the helper is run, and who waits for it.</summary>
public sealed class HelperCredentialsTests : IAsyncDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    private readonly FakeTimeProvider _time = new();
    private readonly RecordingLogger _logger = new();
    private readonly ScriptedHelper _helper = new();
    private readonly SignalDestinations _first = SignalDestinations.All(Destination.Of(OtlpProtocol.Grpc, new Uri("http://one")));
    private readonly SignalDestinations _second = SignalDestinations.All(Destination.Of(OtlpProtocol.HttpProtobuf, new Uri("http://two")));
    private readonly HelperCredentials _credentials;

    public HelperCredentialsTests() => _credentials = new HelperCredentials(_helper.RunAsync, [_first, _second], _logger, _time);

    public ValueTask DisposeAsync() => _credentials.DisposeAsync();

    [Fact]
    public async Task It_is_run_once_before_the_first_export_whoever_asks()
    {
        Task[] waiting = [.. Enumerable.Range(0, 10).Select(_ => _credentials.PrepareAsync(CancellationToken.None))];
        await Eventually.HoldsAsync(() => _helper.Runs == 1);
        Assert.All(waiting, task => Assert.False(task.IsCompleted));
        _helper.Give(0, "one");
        await Task.WhenAll(waiting);
        Assert.Equal(1, _credentials.Generation);
        Assert.True(_credentials.PrepareAsync(CancellationToken.None).IsCompletedSuccessfully);
        Assert.Equal(1, _helper.Runs);
        Assert.Equal("Bearer one", Authorization(_first));
        Assert.Equal("Bearer one", Authorization(_second));
        Assert.Empty(_logger.Messages);
    }

    [Fact]
    public async Task When_the_first_run_fails_that_is_said_and_the_configured_headers_serve()
    {
        Task waiting = _credentials.PrepareAsync(CancellationToken.None);
        await Eventually.HoldsAsync(() => _helper.Runs == 1);
        _helper.Fail(0, "the headers helper x does not exist");
        await waiting;
        Assert.Equal((91, "the headers helper x does not exist; exports begin with the configured headers alone"), Assert.Single(_logger.Messages));
        Assert.Equal($"Bearer {Destination.Secret}", Authorization(_first));
    }

    [Fact]
    public async Task Who_stops_waiting_does_not_end_the_run()
    {
        using CancellationTokenSource cancel = new();
        Task impatient = _credentials.PrepareAsync(cancel.Token);
        Task patient = _credentials.PrepareAsync(CancellationToken.None);
        await Eventually.HoldsAsync(() => _helper.Runs == 1);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        _helper.Give(0, "one");
        await patient;
        Assert.Equal("Bearer one", Authorization(_first));
    }

    [Fact]
    public async Task Exports_that_are_refused_together_share_a_run()
    {
        await PrepareAsync("one");
        Task<HelperRenewal>[] renewing = [.. Enumerable.Range(0, 20).Select(_ => _credentials.RenewAsync(1, CancellationToken.None))];
        await Eventually.HoldsAsync(() => _helper.Runs == 2);
        Assert.All(renewing, task => Assert.False(task.IsCompleted));
        _helper.Give(1, "two");
        Assert.All(await Task.WhenAll(renewing), renewal => Assert.Equal(new HelperRenewal(true), renewal));
        Assert.Equal("Bearer two", Authorization(_first));

        // One that was sent with the old headers and refused only now.
        Assert.Equal(new HelperRenewal(true), await _credentials.RenewAsync(1, CancellationToken.None));
        Assert.Equal(2, _helper.Runs);
    }

    [Fact]
    public async Task Headers_that_expire_again_and_again_are_renewed_each_time()
    {
        await PrepareAsync("0");
        for (int generation = 1; generation < 5; generation++)
        {
            Task<HelperRenewal> renewing = _credentials.RenewAsync(generation, CancellationToken.None);
            await Eventually.HoldsAsync(() => _helper.Runs == generation + 1);
            _helper.Give(generation, $"{generation}");
            Assert.True((await renewing).IsRenewed);
            Assert.Equal($"Bearer {generation}", Authorization(_second));
        }
    }

    [Fact]
    public async Task After_a_failure_it_is_left_alone_for_10_s()
    {
        await PrepareAsync("one");
        Task<HelperRenewal>[] renewing = [.. Enumerable.Range(0, 5).Select(_ => _credentials.RenewAsync(1, CancellationToken.None))];
        await Eventually.HoldsAsync(() => _helper.Runs == 2);
        _helper.Fail(1, "why");
        Assert.All(await Task.WhenAll(renewing), renewal => Assert.Equal(new HelperRenewal(false, "why", TimeSpan.FromSeconds(10)), renewal));
        _time.Advance(TimeSpan.FromSeconds(10) - Tick);
        Assert.Equal(new HelperRenewal(false, "why", Tick), await _credentials.RenewAsync(1, CancellationToken.None));
        Assert.Equal(2, _helper.Runs);
        Assert.Equal("Bearer one", Authorization(_first));

        _time.Advance(Tick);
        Task<HelperRenewal> again = _credentials.RenewAsync(1, CancellationToken.None);
        await Eventually.HoldsAsync(() => _helper.Runs == 3);
        _helper.Give(2, "two");
        Assert.True((await again).IsRenewed);
        Assert.Equal("Bearer two", Authorization(_first));
    }

    [Fact]
    public async Task A_first_run_that_failed_does_not_keep_it_from_being_run_when_a_server_refuses()
    {
        Task waiting = _credentials.PrepareAsync(CancellationToken.None);
        await Eventually.HoldsAsync(() => _helper.Runs == 1);
        _helper.Fail(0, "why");
        await waiting;
        Task<HelperRenewal> renewing = _credentials.RenewAsync(0, CancellationToken.None);
        await Eventually.HoldsAsync(() => _helper.Runs == 2);
        _helper.Give(1, "two");
        Assert.True((await renewing).IsRenewed);
    }

    [Fact]
    public async Task Failures_in_a_row_are_said_once()
    {
        await PrepareAsync("one");
        for (int run = 1; run <= 3; run++)
        {
            Task<HelperRenewal> renewing = _credentials.RenewAsync(1, CancellationToken.None);
            await Eventually.HoldsAsync(() => _helper.Runs == run + 1);
            _helper.Fail(run, "why");
            await renewing;
            _time.Advance(TimeSpan.FromSeconds(10));
        }

        Assert.Equal(92, Assert.Single(_logger.Messages).EventId);
        Assert.StartsWith("why; ", _logger.All, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Headers_that_were_refused_right_after_they_were_given_are_not_asked_for_again_within_a_second()
    {
        await PrepareAsync("one");
        _credentials.CountRefused(1);
        _time.Advance(TimeSpan.FromSeconds(1) - Tick);
        Assert.Equal(new HelperRenewal(false), await _credentials.RenewAsync(1, CancellationToken.None));
        Assert.Equal(1, _helper.Runs);
        _time.Advance(Tick);
        Task<HelperRenewal> renewing = _credentials.RenewAsync(1, CancellationToken.None);
        await Eventually.HoldsAsync(() => _helper.Runs == 2);
        _helper.Give(1, "two");
        Assert.True((await renewing).IsRenewed);
    }

    [Fact]
    public async Task A_fault_is_a_failure_and_its_text_is_not_shown()
    {
        Task waiting = _credentials.PrepareAsync(CancellationToken.None);
        await Eventually.HoldsAsync(() => _helper.Runs == 1);
        _helper.Throw(0);
        await waiting;
        Assert.StartsWith("the headers helper cannot be run (InvalidOperationException)", _logger.All, StringComparison.Ordinal);
        Assert.DoesNotContain("MARKED", _logger.All, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_end_ends_a_run_and_says_nothing()
    {
        Task waiting = _credentials.PrepareAsync(CancellationToken.None);
        await Eventually.HoldsAsync(() => _helper.Runs == 1);
        await _credentials.DisposeAsync();
        await waiting;
        Assert.Empty(_logger.Messages);
        await _credentials.PrepareAsync(CancellationToken.None);
        Assert.Equal(1, _helper.Runs);
    }

    private static string Authorization(SignalDestinations destinations)
    {
        string[] values =
        [
            .. Enum.GetValues<Signal>().Select(signal => destinations[signal].Headers
                .Single(header => header.Key.Equals("authorization", StringComparison.OrdinalIgnoreCase)).Value.Reveal()).Distinct(),
        ];
        return Assert.Single(values);
    }

    private async Task PrepareAsync(string token)
    {
        Task waiting = _credentials.PrepareAsync(CancellationToken.None);
        await Eventually.HoldsAsync(() => _helper.Runs == 1);
        _helper.Give(0, token);
        await waiting;
    }
}
