using OpencodeOtel.Otlp;
using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Diagnostics;
using OpencodeOtel.Pipeline.Exporting;
using OpencodeOtel.Pipeline.Exporting.Delivering;
using OpencodeOtel.Pipeline.Tests.Support;

namespace OpencodeOtel.Pipeline.Tests.Exporting.Delivering;

/// <summary>What becomes of a request in the end: split, stored, or counted.</summary>
public sealed class DeliveryTests : IAsyncDisposable
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);
    private static readonly SendResult Down = new(SendOutcome.Retryable, 0, "down");
    private static readonly SendResult Taken = new(SendOutcome.Accepted);
    private readonly RecordingLogger _logger = new();
    private readonly KeepingStore _store = new();
    private readonly List<int> _keptParts = [];
    private bool _keepsParts = true;

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Theory]
    [InlineData(Signal.Logs, WireForm.Protobuf)]
    [InlineData(Signal.Traces, WireForm.Json)]
    [InlineData(Signal.Metrics, WireForm.Protobuf)]
    [InlineData(Signal.Metrics, WireForm.Json)]
    public async Task Item_018_Of_a_request_that_is_too_large_only_the_records_that_are_too_large_themselves_are_lost(Signal signal, WireForm form)
    {
        int limit = Payload.Of(signal, form, items: 1).Body.Length - 1;
        ScriptedSender sender = new((request, _) => new ValueTask<SendResult>(request.Body.Length > limit + 200 ? new SendResult(SendOutcome.TooLarge, 0, "big") : Taken))
        {
            Form = form,
        };
        await using Exporter exporter = Make(sender);
        exporter.Start();
        exporter.Enqueue(Payload.Of(signal, form, items: 100));
        exporter.Enqueue(Payload.Of(signal, form, items: 1, padding: 1000));
        await exporter.CompleteAsync(Long, CancellationToken.None);
        ExporterReport report = exporter.Report();
        FateCounts fates = signal switch { Signal.Logs => report.Logs, Signal.Traces => report.Spans, _ => report.Metrics };
        Assert.Equal(new FateCounts(100, 0, 0, 1, 0, 0, 0), fates);
        Assert.Equal(0, report.Retries); // A part is another request.
        Assert.True(exporter.HasRoom);
        Assert.Equal(0, exporter.QueueBytes);
        Assert.Contains("1 ", _logger.All, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_delivered_is_stored_and_counts_as_spooled_once_acknowledged()
    {
        TaskCompletionSource acknowledged = new();
        _store.Acknowledged = acknowledged.Task;
        await using Exporter exporter = Make(new ScriptedSender(Down), store: _store);
        exporter.Start();
        exporter.Enqueue(Payload.Of(items: 4));
        Task completed = exporter.CompleteAsync(Long, CancellationToken.None);
        Assert.False(completed.IsCompleted);
        Assert.Equal(0, exporter.Report().Logs.Total);
        acknowledged.SetResult();
        await completed;
        Assert.Equal(new FateCounts(0, 0, 0, 0, 0, 0, 4), exporter.Report().Logs);
        Assert.Equal([4], _store.Kept);
        Assert.Contains("4 log records are kept on disk to be sent later: down", _logger.All, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_store_does_not_take_is_counted_under_its_own_fate()
    {
        _store.IsFull = true;
        await using Exporter exporter = Make(new ScriptedSender(Down), store: _store);
        exporter.Start();
        exporter.Enqueue(Payload.Of(items: 4));
        await exporter.CompleteAsync(Long, CancellationToken.None);
        Assert.Equal(new FateCounts(0, 0, 0, 0, 4, 0, 0), exporter.Report().Logs);
    }

    [Fact]
    public async Task What_is_refused_for_good_is_not_stored()
    {
        await using Exporter exporter = Make(new ScriptedSender(new SendResult(SendOutcome.Refused)), store: _store);
        exporter.Start();
        exporter.Enqueue(Payload.Of(items: 4));
        await exporter.CompleteAsync(Long, CancellationToken.None);
        Assert.Equal(4, exporter.Report().Logs.Refused);
        Assert.Empty(_store.Kept);
    }

    [Fact]
    public async Task Items_062_065_At_the_deadline_all_that_is_left_is_stored()
    {
        await using Exporter exporter = Make(new ScriptedSender(HangAsync), store: _store);
        exporter.Start();
        exporter.Enqueue(Payload.Of(items: 1));
        exporter.Enqueue(Payload.Of(items: 2));
        await exporter.CompleteAsync(TimeSpan.FromMilliseconds(10), CancellationToken.None);
        Assert.Equal(3, exporter.Report().Logs.Spooled);
        Assert.Equal([1, 2], _store.Kept.Order());
    }

    [Fact]
    public async Task A_full_queue_stores_what_comes_as_long_as_the_disk_keeps_up()
    {
        TaskCompletionSource acknowledged = new();
        _store.Acknowledged = acknowledged.Task;
        await using Exporter exporter = Make(new ScriptedSender(HangAsync), store: _store, limit: 40_000);
        exporter.Start();
        for (int count = 0; count < 40; count++)
        {
            exporter.Enqueue(Payload.Of(padding: 2000));
        }

        Assert.InRange(exporter.QueueBytes, 30_000, 60_000); // Bounded also while the disk does nothing.
        acknowledged.SetResult();
        await exporter.CompleteAsync(TimeSpan.Zero, CancellationToken.None);
        FateCounts fates = exporter.Report().Logs;
        Assert.True(fates.Spooled > 0 && fates.Dropped > 0);
        Assert.Equal(40, fates.Spooled + fates.Dropped);
    }

    [Fact]
    public async Task A_stored_request_goes_to_the_destination_and_has_its_own_account()
    {
        Queue<SendResult> answers = new([Taken, new SendResult(SendOutcome.Accepted, 1, "smells"), new SendResult(SendOutcome.Refused), Down]);
        await using Exporter exporter = Make(new ScriptedSender((_, _) => new ValueTask<SendResult>(answers.Dequeue())), store: _store);
        exporter.Start();
        DeliveryAccount account = new();
        ExportRequest request = Payload.Of(items: 5);
        bool[] settled = new bool[4];
        for (int index = 0; index < settled.Length; index++)
        {
            settled[index] = await _store.Target!.DeliverAsync(request, account, KeepAsync, CancellationToken.None);
        }

        Assert.Equal([true, true, true, false], settled);
        Assert.Equal(new FateCounts(9, 1, 5, 0, 0, 0, 0), account.Report("x").Logs);
        Assert.NotEqual(0, request.Body.Length); // Borrowed.
        await exporter.CompleteAsync(Long, CancellationToken.None);
        Assert.Equal(0, exporter.Report().Logs.Total);
        Assert.True(_store.Stopped);
        Assert.Empty(_keptParts);
    }

    [Fact]
    public async Task A_half_of_a_stored_request_that_is_not_settled_is_kept_by_itself()
    {
        (bool settled, FateCounts fates) = await DeliverStoredAsync([new SendResult(SendOutcome.TooLarge), Taken, Down]);
        Assert.True(settled);
        Assert.Equal(new FateCounts(2, 0, 0, 0, 0, 0, 0), fates);
        Assert.Equal([3], _keptParts);
        Assert.Empty(_store.Kept); // It is for whoever knows in whose account it counts.
    }

    [Fact]
    public async Task A_stored_request_of_which_neither_half_is_settled_stays_as_it_is()
    {
        _keepsParts = false;
        (bool settled, FateCounts fates) = await DeliverStoredAsync([new SendResult(SendOutcome.TooLarge), Down, new SendResult(SendOutcome.TooLarge), Down, Down]);
        Assert.False(settled);
        Assert.Equal(new FateCounts(0, 0, 0, 0, 0, 0, 0), fates);
        Assert.Empty(_keptParts);
    }

    [Fact]
    public async Task A_half_that_can_neither_be_delivered_nor_kept_is_counted_and_said()
    {
        _keepsParts = false;
        (bool settled, FateCounts fates) = await DeliverStoredAsync([new SendResult(SendOutcome.TooLarge), Down, Taken]);
        Assert.True(settled);
        Assert.Equal(new FateCounts(3, 0, 0, 0, 2, 0, 0), fates);
        Assert.Contains("2 log records not delivered: a part of a stored request", _logger.All, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Item_063_Stopping_waits_for_answers_or_does_not(bool waits)
    {
        TaskCompletionSource<SendResult> answer = new();
        await using Exporter exporter = new(
            "test",
            SignalSenders.All(new ScriptedSender(async (_, cancel) => await answer.Task.WaitAsync(cancel))),
            _ => new DeliveryOptions(1024 * 1024) { WaitWhenStopping = waits },
            _logger,
            TimeProvider.System);
        exporter.Start();
        exporter.Enqueue(Payload.Of(items: 5));
        Task completed = exporter.CompleteAsync(Timeout.InfiniteTimeSpan, CancellationToken.None);
        if (waits)
        {
            Assert.False(completed.IsCompleted);
            answer.SetResult(Taken);
        }

        await completed.WaitAsync(Long);
        Assert.Equal(waits ? 5 : 0, exporter.Report().Logs.Delivered);
        Assert.Equal(waits ? 0 : 5, exporter.Report().Logs.Dropped);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Item_063_Without_waiting_all_that_is_queued_is_sent_all_the_same(int concurrency)
    {
        ScriptedSender sender = new(HangAsync);
        await using Exporter exporter = new(
            "test",
            SignalSenders.All(sender),
            _ => new DeliveryOptions(1024 * 1024) { WaitWhenStopping = false, Concurrency = concurrency },
            _logger,
            TimeProvider.System,
            _store);
        exporter.Start();
        for (int count = 0; count < 5; count++)
        {
            exporter.Enqueue(Payload.Of(items: 2));
        }

        await exporter.CompleteAsync(Long, CancellationToken.None).WaitAsync(Long);
        Assert.Equal(5, sender.Sent);
        Assert.Equal(10, exporter.Report().Logs.Spooled);
        Assert.Equal(TimeSpan.Zero, _store.FinishDeadline);
    }

    [Fact]
    public async Task Item_063_What_is_not_written_by_the_deadline_is_not_waited_for()
    {
        await using UnwritableSender sender = new();
        await using Exporter exporter = new(
            "test", SignalSenders.All(sender), _ => new DeliveryOptions(1024 * 1024) { WaitWhenStopping = false }, _logger, TimeProvider.System);
        exporter.Start();
        exporter.Enqueue(Payload.Of(items: 2));
        await exporter.CompleteAsync(TimeSpan.FromMilliseconds(10), CancellationToken.None).WaitAsync(Long);
        Assert.Equal(2, exporter.Report().Logs.Dropped);
    }

    [Fact]
    public async Task Item_071_A_dead_server_of_one_signal_does_not_touch_the_others()
    {
        ScriptedSender alive = new(Taken);
        SignalSenders senders = new(traces: new ScriptedSender(HangAsync), metrics: alive, logs: alive);
        await using Exporter exporter = new("test", senders, _ => new DeliveryOptions(30_000), _logger, TimeProvider.System);
        exporter.Start();
        for (int count = 0; count < 20; count++)
        {
            exporter.Enqueue(Payload.Of(Signal.Traces, padding: 1000));
        }

        Assert.False(exporter.HasRoom);
        exporter.Enqueue(Payload.Of(Signal.Logs, items: 7));
        await Eventually.HoldsAsync(() => exporter.Report().Logs.Delivered >= 7);

        await exporter.CompleteAsync(TimeSpan.Zero, CancellationToken.None);
        Assert.Equal(20, exporter.Report().Spans.Dropped);
        Assert.Equal(7, exporter.Report().Logs.Delivered);
    }

    [Fact]
    public async Task The_store_is_closed_with_the_exporter()
    {
        await using (Make(new ScriptedSender(Taken), store: _store))
        {
            Assert.False(_store.Disposed);
        }

        Assert.True(_store.Disposed);
    }

    private async Task<(bool Settled, FateCounts Fates)> DeliverStoredAsync(SendResult[] answers)
    {
        Queue<SendResult> left = new(answers);
        await using Exporter exporter = Make(new ScriptedSender((_, _) => new ValueTask<SendResult>(left.Dequeue())), store: _store);
        exporter.Start();
        DeliveryAccount account = new();
        bool settled = await _store.Target!.DeliverAsync(Payload.Of(items: 5), account, KeepAsync, CancellationToken.None);
        Assert.Empty(left);
        return (settled, account.Report("x").Logs);
    }

    private Task<bool> KeepAsync(ExportRequest part)
    {
        if (_keepsParts)
        {
            _keptParts.Add(part.ItemCount);
        }

        return Task.FromResult(_keepsParts);
    }

    /// <summary>Never gets a request on its way.</summary>
    private sealed class UnwritableSender : IPayloadSender
    {
        public WireForm Form => WireForm.Protobuf;

        public ValueTask<SendResult> SendAsync(ExportRequest request, CancellationToken cancellationToken) => HangAsync(request, cancellationToken);

        public ValueTask<SendResult> SendAsync(ExportRequest request, Action written, CancellationToken cancellationToken) => HangAsync(request, cancellationToken);

        public ValueTask DisposeAsync() => default;
    }

    private static async ValueTask<SendResult> HangAsync(ExportRequest request, CancellationToken cancel)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancel);
        return default;
    }

    private Exporter Make(ScriptedSender sender, KeepingStore? store = null, long limit = 1024 * 1024) =>
        new("test", SignalSenders.All(sender), _ => new DeliveryOptions(limit), _logger, TimeProvider.System, store);
}
