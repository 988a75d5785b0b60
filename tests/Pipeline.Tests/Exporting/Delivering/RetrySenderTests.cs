using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;
using OpencodeOtel.Otlp;
using OpencodeOtel.Pipeline.Diagnostics;
using OpencodeOtel.Pipeline.Exporting;
using OpencodeOtel.Pipeline.Exporting.Delivering;

namespace OpencodeOtel.Pipeline.Tests.Exporting.Delivering;

/// <summary>Retry behind the gate of a destination, by a clock that only the test moves.</summary>
public sealed class RetrySenderTests : IAsyncDisposable
{
    private static readonly SendResult Down = new(SendOutcome.Retryable, 0, "down");
    private static readonly SendResult Taken = new(SendOutcome.Accepted);

    // The clock goes on while what it wakes begins to run.
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(2);

    private readonly FakeTimeProvider _time = new();
    private readonly RecordingLogger _logger = new();
    private readonly DeliveryAccount _account = new();
    private readonly ConcurrentQueue<(TimeSpan At, int Items, byte[] Bytes)> _sent = new();
    private readonly List<IDisposable> _gates = [];
    private DestinationGate _gate = null!;

    public ValueTask DisposeAsync()
    {
        _gates.ForEach(gate => gate.Dispose());
        return default;
    }

    [Fact]
    public async Task Items_056_072_A_failure_that_may_pass_is_tried_again_with_the_same_bytes()
    {
        RetrySender sender = Make(Script(Down, Down, Taken));
        ExportRequest request = Payload.Of(items: 3);
        Task<SendResult> sending = sender.SendAsync(request, CancellationToken.None).AsTask();
        await AdvanceUntilAsync(sending);
        Assert.Equal(Taken, await sending);
        Assert.Equal(3, _sent.Count);
        Assert.All(_sent, sent => Assert.Equal(request.Body.ToArray(), sent.Bytes));
        ExporterReport report = _account.Report("x");
        Assert.Equal((3, 2), (report.Requests, report.Retries));
    }

    [Fact]
    public async Task Item_010_A_failure_is_said_before_the_request_is_tried_again()
    {
        RetrySender sender = Make(Script(Down, Taken));
        Task<SendResult> sending = sender.SendAsync(Payload.Of(items: 3), CancellationToken.None).AsTask();
        Assert.Contains("3 log records are not delivered yet and will be tried again: down", _logger.All, StringComparison.Ordinal);
        Assert.Single(_sent);
        await AdvanceUntilAsync(sending);
    }

    [Theory]
    [InlineData(SendOutcome.Accepted)]
    [InlineData(SendOutcome.Refused)]
    [InlineData(SendOutcome.Unauthenticated)]
    [InlineData(SendOutcome.TooLarge)]
    internal async Task Items_008_009_035_051_What_is_final_is_never_sent_again(SendOutcome outcome)
    {
        RetrySender sender = Make(Script(new SendResult(outcome, 1, "why")));
        Task<SendResult> sending = sender.SendAsync(Payload.Of(items: 3), CancellationToken.None).AsTask();
        Assert.True(sending.IsCompleted);
        Assert.Equal(outcome, (await sending).Outcome);
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Single(_sent);
    }

    [Fact]
    public async Task Items_011_036_The_delay_that_the_server_asks_for_is_kept()
    {
        TimeSpan asked = TimeSpan.FromSeconds(7);
        RetrySender sender = Make(Script(Down with { RetryDelay = asked }, Down, Taken));
        Task<SendResult> sending = sender.SendAsync(Payload.Of(), CancellationToken.None).AsTask();
        _time.Advance(asked - TimeSpan.FromTicks(1));
        Assert.Single(_sent);
        await AdvanceUntilAsync(sending);
        TimeSpan[] times = [.. _sent.Select(sent => sent.At)];
        Assert.InRange(times[1] - times[0], asked, asked + Late);
        Assert.InRange(times[2] - times[1], asked, (asked * 2) + Late); // Grown from there.
    }

    [Fact]
    public async Task Item_012_While_the_server_is_to_be_left_alone_no_other_request_is_sent()
    {
        RetrySender sender = Make(Script(Down with { RetryDelay = TimeSpan.FromSeconds(20) }, Taken), concurrency: 4);
        Task<SendResult> first = sender.SendAsync(Payload.Of(items: 1), CancellationToken.None).AsTask();
        Task<SendResult> second = sender.SendAsync(Payload.Of(items: 2), CancellationToken.None).AsTask();
        _time.Advance(TimeSpan.FromSeconds(19.9));
        Assert.Single(_sent);
        await AdvanceUntilAsync(first);
        await AdvanceUntilAsync(second);
        Assert.Equal([1, 1, 2], _sent.Select(sent => sent.Items)); // The oldest first.
    }

    [Fact]
    public async Task After_a_failure_one_request_tries_alone_until_one_gets_through()
    {
        TaskCompletionSource<SendResult> probe = new();
        int calls = 0;
        RetrySender sender = Make(async (_, _) => Interlocked.Increment(ref calls) switch { 1 => Down, 2 => await probe.Task, _ => Taken }, concurrency: 3);
        Task<SendResult>[] sending = [.. Enumerable.Range(1, 5).Select(items => sender.SendAsync(Payload.Of(items: items), CancellationToken.None).AsTask())];
        while (_sent.Count < 2)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
        }

        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(2, _sent.Count);
        probe.SetResult(Taken);
        foreach (Task<SendResult> one in sending)
        {
            await AdvanceUntilAsync(one);
        }

        Assert.Equal([1, 1, 2, 3, 4, 5], _sent.Select(sent => sent.Items).Order());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Items_020_043_As_many_requests_are_under_way_as_are_allowed(int concurrency)
    {
        TaskCompletionSource<SendResult> answer = new();
        int underWay = 0;
        int most = 0;
        RetrySender sender = Make(
            async (_, _) =>
            {
                most = Math.Max(most, Interlocked.Increment(ref underWay));
                SendResult result = await answer.Task;
                Interlocked.Decrement(ref underWay);
                return result;
            },
            concurrency: concurrency);
        Task<SendResult>[] sending = [.. Enumerable.Range(1, 10).Select(_ => sender.SendAsync(Payload.Of(), CancellationToken.None).AsTask())];
        Assert.Equal(concurrency, _sent.Count);
        answer.SetResult(Taken);
        foreach (Task<SendResult> one in sending)
        {
            await one;
        }

        Assert.Equal(10, _sent.Count);
        Assert.Equal(concurrency, most);
    }

    [Fact]
    public async Task Item_057_A_request_is_given_up_when_its_time_is_up()
    {
        RetrySender sender = Make(Script(Down));
        Task<SendResult> sending = sender.SendAsync(Payload.Of(), CancellationToken.None).AsTask();
        await AdvanceUntilAsync(sending);
        Assert.Equal(Down, await sending);
        Assert.InRange(_gate.Now, TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(5.1));
        Assert.InRange(_sent.Count, 10, 40);
    }

    [Fact]
    public async Task Those_that_wait_behind_a_dead_server_are_given_up_in_time_too()
    {
        RetrySender sender = Make(Script(Down));
        Task<SendResult>[] sending = [.. Enumerable.Range(1, 50).Select(_ => sender.SendAsync(Payload.Of(), CancellationToken.None).AsTask())];
        foreach (Task<SendResult> one in sending)
        {
            await AdvanceUntilAsync(one);
            Assert.Equal(Down, await one);
        }

        Assert.InRange(_gate.Now, TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(6));
        Assert.InRange(_sent.Count, 10, 60); // Not fifty times as many.
    }

    [Fact]
    public async Task A_delay_beyond_the_budget_is_not_waited_for()
    {
        RetrySender sender = Make(Script(Down with { RetryDelay = TimeSpan.FromHours(1) }));
        Task<SendResult> first = sender.SendAsync(Payload.Of(), CancellationToken.None).AsTask();
        Assert.True(first.IsCompleted);
        Assert.Equal(SendOutcome.Retryable, (await first).Outcome);
        Assert.Equal(SendOutcome.Retryable, (await sender.SendAsync(Payload.Of(), CancellationToken.None)).Outcome);
        Assert.Single(_sent); // The second would have been given up before its turn.
    }

    [Fact]
    public async Task Item_073_Stopping_ends_a_wait_with_one_last_try()
    {
        RetrySender sender = Make(Script(Down), store: true);
        Task<SendResult>[] sending = [.. Enumerable.Range(1, 3).Select(items => sender.SendAsync(Payload.Of(items: items), CancellationToken.None).AsTask())];
        Assert.Single(_sent);
        _gate.Stop(TimeSpan.FromSeconds(5));
        foreach (Task<SendResult> one in sending)
        {
            Assert.Equal(Down, await one.WaitAsync(TimeSpan.FromSeconds(30)));
        }

        Assert.Equal([1, 1, 2, 3], _sent.Select(sent => sent.Items));
    }

    [Fact]
    public async Task Stopping_asks_a_busy_server_until_the_end_if_nothing_can_be_kept()
    {
        RetrySender sender = Make(Script(Down, Down, Taken));
        Task<SendResult> sending = sender.SendAsync(Payload.Of(), CancellationToken.None).AsTask();
        _gate.Stop(TimeSpan.FromSeconds(30));
        await AdvanceUntilAsync(sending);
        Assert.Equal(Taken, await sending);
    }

    [Fact]
    public async Task Stopping_tries_once_where_nobody_is()
    {
        RetrySender sender = Make(Script(Down with { IsUnreachable = true }));
        Task<SendResult> sending = sender.SendAsync(Payload.Of(), CancellationToken.None).AsTask();
        _gate.Stop(TimeSpan.FromSeconds(30));
        await sending.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(2, _sent.Count);
    }

    [Theory]
    [InlineData(3, 2)] // Ends in time: is waited for.
    [InlineData(60, 1)] // Does not: nothing is sent.
    public async Task Stopping_does_not_break_the_delay_that_the_server_asked_for(int seconds, int attempts)
    {
        RetrySender sender = Make(Script(Down with { RetryDelay = TimeSpan.FromSeconds(seconds) }, Taken));
        Task<SendResult> sending = sender.SendAsync(Payload.Of(), CancellationToken.None).AsTask();
        _gate.Stop(TimeSpan.FromSeconds(5));
        Assert.Single(_sent);
        await AdvanceUntilAsync(sending);
        Assert.Equal(attempts, _sent.Count);
    }

    [Fact]
    public async Task Without_a_budget_each_request_is_tried_once_and_none_waits()
    {
        RetrySender sender = Make(Script(Down), budget: TimeSpan.Zero);
        for (int count = 1; count <= 3; count++)
        {
            Task<SendResult> sending = sender.SendAsync(Payload.Of(), CancellationToken.None).AsTask();
            Assert.True(sending.IsCompleted);
            Assert.Equal(Down, await sending);
            Assert.Equal(count, _sent.Count);
        }
    }

    [Fact]
    public async Task Cancelling_ends_a_wait()
    {
        RetrySender sender = Make(Script(Down));
        using CancellationTokenSource cancel = new();
        Task<SendResult> sending = sender.SendAsync(Payload.Of(), cancel.Token).AsTask();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await sending);
    }

    [Fact]
    public async Task A_request_that_fails_alone_does_not_hold_up_the_others_for_long()
    {
        RetrySender sender = Make((request, _) => new ValueTask<SendResult>(request.ItemCount == 99 ? Down : Taken), concurrency: 2);
        Task<SendResult> bad = sender.SendAsync(Payload.Of(items: 99), CancellationToken.None).AsTask();
        for (int count = 0; count < 200; count++)
        {
            Task<SendResult> good = sender.SendAsync(Payload.Of(items: 1), CancellationToken.None).AsTask();
            await AdvanceUntilAsync(good);
        }

        Assert.False(bad.IsCompleted);
        Assert.InRange(_gate.Now, TimeSpan.Zero, TimeSpan.FromSeconds(30));
    }

    private static Func<ExportRequest, CancellationToken, ValueTask<SendResult>> Script(params SendResult[] results)
    {
        int next = -1;
        return (_, _) => new ValueTask<SendResult>(results[Math.Min(Interlocked.Increment(ref next), results.Length - 1)]);
    }

    private RetrySender Make(
        Func<ExportRequest, CancellationToken, ValueTask<SendResult>> answer, int concurrency = 1, TimeSpan? budget = null, bool store = false)
    {
        RetryPolicy policy = new(budget ?? TimeSpan.FromMinutes(5));
        Random random = new(7);
        _gate = new DestinationGate(concurrency, policy, random, _time);
        _gates.Add(_gate);
        ScriptedSender inner = new((request, cancel) =>
        {
            _sent.Enqueue((_gate.Now, request.ItemCount, request.Body.ToArray()));
            return answer(request, cancel);
        });
        return new RetrySender(inner, _gate, policy, random, _account, new FailureLog("test", _logger), store);
    }

    /// <summary>Moves the clock in small steps until something ends; what a step wakes runs before the next.</summary>
    private async Task AdvanceUntilAsync(Task<SendResult> task)
    {
        for (int step = 0; step < 50_000 && !task.IsCompleted; step++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(50));
            if (step % 20 == 0)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
            }
        }

        Assert.True(task.IsCompleted);
    }
}
