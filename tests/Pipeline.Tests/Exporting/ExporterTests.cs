using System.Collections.Concurrent;
using CsCheck;
using OpencodeOtel.Otlp;
using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Diagnostics;
using OpencodeOtel.Pipeline.Exporting;
using OpencodeOtel.Pipeline.Exporting.Delivering;
using OpencodeOtel.Pipeline.Tests.Support;

namespace OpencodeOtel.Pipeline.Tests.Exporting;

public class ExporterTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);
    private readonly RecordingLogger _logger = new();

    [Theory]
    [InlineData("Accepted", 0, 5, 0, 0, 0, 0)]
    [InlineData("Accepted", 2, 3, 2, 0, 0, 0)]
    [InlineData("Accepted", 99, 0, 5, 0, 0, 0)]
    [InlineData("Retryable", 0, 0, 0, 0, 0, 5)]
    [InlineData("Unauthenticated", 0, 0, 0, 5, 0, 0)]
    [InlineData("Refused", 0, 0, 0, 5, 0, 0)]
    [InlineData("TooLarge", 0, 0, 0, 0, 5, 0)]
    public async Task An_outcome_has_its_fate(string outcome, long rejected, long delivered, long rejectedFate, long refused, long tooLarge, long expired)
    {
        await using Exporter exporter = Make(new ScriptedSender(new SendResult(Enum.Parse<SendOutcome>(outcome), rejected)));
        exporter.Start();
        exporter.Enqueue(Payload.Of(Signal.Metrics, items: 5));
        await exporter.CompleteAsync(Long, CancellationToken.None);
        Assert.Equal(new FateCounts(delivered, rejectedFate, refused, tooLarge, expired, 0, 0), exporter.Report().Metrics);
    }

    [Fact]
    public async Task Item_194_The_account_closes_whatever_the_outcomes()
    {
        Gen<(int Kind, int Items, int Rejected)> answers = Gen.Select(Gen.Int[0, 7], Gen.Int[1, 20], Gen.Int[-3, 30]);
        await Gen.Select(answers.Array[0, 40], Gen.Long[300, 20_000], Gen.Bool).SampleAsync(
            async (script, limit, cancelEarly) =>
            {
                int next = -1;
                ScriptedSender sender = new(async (request, cancel) =>
                {
                    (int kind, int _, int rejected) = script[Interlocked.Increment(ref next)];
                    if (kind == 6)
                    {
                        throw new InvalidOperationException("a bug");
                    }

                    if (kind == 7 && cancelEarly)
                    {
                        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancel);
                    }

                    await Task.Yield();
                    return new SendResult((SendOutcome)(kind % 5), rejected, "why");
                });
                ExportRequest[] requests = [.. script.Select((answer, index) => Payload.Of((Signal)(index % 3), items: answer.Items, padding: 50))];
                await using Exporter exporter = new("test", SignalSenders.All(sender), _ => new DeliveryOptions(limit), _logger, TimeProvider.System);
                exporter.Start();
                foreach (ExportRequest request in requests)
                {
                    exporter.Enqueue(request);
                }

                exporter.CountTooLarge(Signal.Logs, 7);
                using CancellationTokenSource cancel = new();
                Task completed = exporter.CompleteAsync(cancelEarly ? TimeSpan.FromMilliseconds(5) : Long, cancel.Token);
                await completed;

                ExporterReport report = exporter.Report();
                Dictionary<Signal, FateCounts> fates = new() { [Signal.Metrics] = report.Metrics, [Signal.Logs] = report.Logs, [Signal.Traces] = report.Spans };
                foreach (Signal signal in Enum.GetValues<Signal>())
                {
                    long made = script.Where((_, index) => index % 3 == (int)signal).Sum(answer => answer.Items) + (signal == Signal.Logs ? 7 : 0);
                    Assert.Equal(made, exporter.Made(signal));
                    Assert.Equal(made, fates[signal].Total);
                }

                Assert.Equal(sender.Sent, report.Requests);
                Assert.All(requests, request => Assert.Throws<ObjectDisposedException>(() => request.Body)); // Each buffer went back, once.
                Assert.True(exporter.HasRoom);
            },
            iter: 200);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public async Task Item_060_A_destination_has_as_many_requests_under_way_as_it_is_allowed_and_one_at_a_time_can_be_asked_for(int concurrency)
    {
        int now = 0;
        int most = 0;
        TaskCompletionSource together = new(TaskCreationOptions.RunContinuationsAsynchronously);
        ScriptedSender sender = new(async (_, cancel) =>
        {
            int underWay = Interlocked.Increment(ref now);
            InterlockedMax(ref most, underWay);
            if (underWay == concurrency)
            {
                together.TrySetResult();
            }

            await together.Task.WaitAsync(cancel);
            await Task.Yield();
            Interlocked.Decrement(ref now);
            return new SendResult(SendOutcome.Accepted);
        });
        await using Exporter exporter = new(
            "test", SignalSenders.All(sender), _ => new DeliveryOptions(1024 * 1024) { Concurrency = concurrency }, _logger, TimeProvider.System);
        exporter.Start();
        for (int count = 0; count < 50; count++)
        {
            exporter.Enqueue(Payload.Of((Signal)(count % 3)));
        }

        await exporter.CompleteAsync(Long, CancellationToken.None);
        Assert.Equal(50, sender.Sent);
        Assert.Equal(concurrency, most);
    }

    [Fact]
    public async Task One_at_a_time_requests_are_sent_in_order_and_their_bytes_counted()
    {
        ConcurrentQueue<int> order = new();
        await using Exporter exporter = Make(new ScriptedSender((request, _) =>
        {
            order.Enqueue(request.ItemCount);
            return new ValueTask<SendResult>(new SendResult(SendOutcome.Accepted));
        }));
        long bytes = 0;
        exporter.Start();
        for (int items = 1; items <= 20; items++)
        {
            ExportRequest request = Payload.Of(items: items);
            bytes += request.Body.Length;
            exporter.Enqueue(request);
        }

        await exporter.CompleteAsync(Long, CancellationToken.None);
        Assert.Equal(Enumerable.Range(1, 20), order);
        ExporterReport report = exporter.Report();
        Assert.Equal(20, report.Requests);
        Assert.Equal(bytes, report.Bytes);
        Assert.Equal(bytes, report.BytesOnWire);
        Assert.Equal(0, report.Retries);
        Assert.Equal("test", report.Name);
        Assert.Empty(_logger.Messages);
    }

    [Fact]
    public async Task Item_069_A_full_queue_drops_what_comes_and_says_so_once()
    {
        TaskCompletionSource<SendResult> answer = new();
        await using Exporter exporter = Make(new ScriptedSender((_, _) => new ValueTask<SendResult>(answer.Task)), limit: 7000);
        exporter.Start();
        for (int count = 0; count < 5; count++)
        {
            exporter.Enqueue(Payload.Of(items: 2, padding: 500)); // Each holds a buffer of 2 KiB, and costs 1 KiB more: two fit.
        }

        Assert.False(exporter.HasRoom);
        answer.SetResult(new SendResult(SendOutcome.Accepted));
        await exporter.CompleteAsync(Long, CancellationToken.None);
        Assert.Equal(new FateCounts(4, 0, 0, 0, 0, 6, 0), exporter.Report().Logs);
        Assert.Equal(
            ["test: 2 log records dropped: the queue is full (--queue-bytes)", "test: in all 3 requests with 6 records were dropped for a full queue"],
            _logger.Messages.Select(message => message.Text));
        Assert.Equal([306, 308], _logger.Messages.Select(message => message.EventId));
    }

    [Fact]
    public async Task An_empty_queue_takes_a_request_that_is_larger_than_its_limit()
    {
        await using Exporter exporter = Make(new ScriptedSender(new SendResult(SendOutcome.Accepted)), limit: 10);
        exporter.Enqueue(Payload.Of(items: 2));
        exporter.Start();
        await exporter.CompleteAsync(Long, CancellationToken.None);
        Assert.Equal(2, exporter.Report().Logs.Delivered);
    }

    [Fact]
    public async Task Items_062_065_At_the_deadline_the_rest_is_dropped_and_the_call_under_way_ends()
    {
        ScriptedSender sender = new(HangAsync);
        await using Exporter exporter = Make(sender);
        exporter.Start();
        exporter.Enqueue(Payload.Of(items: 1));
        exporter.Enqueue(Payload.Of(items: 2));
        await Eventually.HoldsAsync(() => sender.Sent == 1);
        await exporter.CompleteAsync(TimeSpan.FromMilliseconds(10), CancellationToken.None);
        Assert.Equal(3, exporter.Report().Logs.Dropped);
        Assert.Contains("not answered before stopping", _logger.All, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelling_completion_ends_it_without_waiting_for_the_deadline()
    {
        await using Exporter exporter = Make(new ScriptedSender(HangAsync));
        exporter.Start();
        exporter.Enqueue(Payload.Of());
        using CancellationTokenSource cancel = new();
        Task completed = exporter.CompleteAsync(Timeout.InfiniteTimeSpan, cancel.Token);
        Assert.False(completed.IsCompleted);
        await cancel.CancelAsync();
        await completed.WaitAsync(Long);
        Assert.Equal(1, exporter.Report().Logs.Dropped);
    }

    [Fact]
    public async Task Item_061_After_completion_nothing_is_sent_and_what_comes_is_dropped()
    {
        ScriptedSender sender = new(new SendResult(SendOutcome.Accepted));
        await using Exporter exporter = Make(sender);
        exporter.Start();
        await exporter.CompleteAsync(Long, CancellationToken.None);
        exporter.Enqueue(Payload.Of());
        await exporter.CompleteAsync(Long, CancellationToken.None);
        Assert.Equal(0, sender.Sent);
        Assert.Equal(1, exporter.Report().Logs.Dropped);
    }

    [Fact]
    public async Task What_was_never_started_is_dropped_and_its_sender_closed()
    {
        ScriptedSender sender = new(new SendResult(SendOutcome.Accepted));
        Exporter exporter = Make(sender);
        exporter.Enqueue(Payload.Of());
        await exporter.DisposeAsync();
        Assert.Equal(1, exporter.Report().Logs.Dropped);
        Assert.True(sender.Disposed);
    }

    [Fact]
    public async Task Each_kind_of_failure_is_said_once_with_its_own_event()
    {
        SendResult[] script =
        [
            new(SendOutcome.Accepted, 1, "one smells"), new(SendOutcome.Accepted, 0, "careful"), new(SendOutcome.Retryable, 0, "down"),
            new(SendOutcome.Unauthenticated, 0, "who"), new(SendOutcome.Refused, 0, "no"), new(SendOutcome.TooLarge, 0, "big"),
        ];
        int next = -1;
        await using Exporter exporter = Make(new ScriptedSender((_, _) => new ValueTask<SendResult>(script[++next % script.Length])));
        exporter.Start();
        for (int count = 0; count < 3 * script.Length; count++)
        {
            exporter.Enqueue(Payload.Of(Signal.Traces));
        }

        await exporter.CompleteAsync(Long, CancellationToken.None);
        Assert.Equal([300, 301, 302, 303, 304, 305, 308, 308, 308, 308, 308, 308], _logger.Messages.Select(message => message.EventId));
        Assert.Contains("test: 1 spans refused for want of valid credentials: who", _logger.All, StringComparison.Ordinal);
        Assert.Contains("test: in all 3 requests with 3 records were not delivered", _logger.All, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sender_that_throws_costs_its_request_and_its_words_are_not_repeated()
    {
        await using Exporter exporter = Make(new ScriptedSender((_, _) => throw new InvalidOperationException("SECRET")));
        exporter.Start();
        exporter.Enqueue(Payload.Of());
        exporter.Enqueue(Payload.Of());
        await exporter.CompleteAsync(Long, CancellationToken.None);
        Assert.Equal(2, exporter.Report().Logs.Refused);
        Assert.DoesNotContain("SECRET", _logger.All, StringComparison.Ordinal);
    }

    private static void InterlockedMax(ref int most, int value)
    {
        int seen = Volatile.Read(ref most);
        while (value > seen)
        {
            int before = Interlocked.CompareExchange(ref most, value, seen);
            (seen, value) = before == seen ? (value, value) : (before, value);
        }
    }

    private static async ValueTask<SendResult> HangAsync(ExportRequest request, CancellationToken cancel)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancel);
        return default;
    }

    private Exporter Make(ScriptedSender sender, long limit = 1024 * 1024) => new("test", SignalSenders.All(sender), _ => new DeliveryOptions(limit), _logger, TimeProvider.System);
}
