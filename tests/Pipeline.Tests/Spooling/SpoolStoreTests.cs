using Microsoft.Extensions.Logging.Abstractions;
using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Diagnostics;
using OpencodeOtel.Pipeline.Exporting;
using OpencodeOtel.Pipeline.Exporting.Delivering;
using OpencodeOtel.Pipeline.Spooling;
using OpencodeOtel.Pipeline.Tests.Exporting;

namespace OpencodeOtel.Pipeline.Tests.Spooling;

public sealed class SpoolStoreTests : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly SpoolFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_cannot_be_delivered_is_spooled_and_what_is_delivered_later_is_so_counted()
    {
        bool isUp = false;
        await using Spool spool = _folder.Open();
        await using Exporter exporter = Open(spool, new ScriptedSender((_, _) => new ValueTask<SendResult>(new SendResult(isUp ? SendOutcome.Accepted : SendOutcome.Retryable))));
        exporter.Start();
        for (int i = 0; i < 10; i++)
        {
            exporter.Enqueue(Payload.Of(Signal.Logs, items: 3));
        }

        await UntilAsync(() => exporter.Report().Logs.Spooled == 30);
        isUp = true;
        await UntilAsync(() => exporter.Report().Logs.Delivered == 30);

        Assert.Equal(30, exporter.Report().Logs.Total);
        Assert.True(exporter.Report().Spool!.IsEmpty);
    }

    [Fact]
    public async Task Item_073_What_is_queued_at_the_end_is_spooled_and_the_next_process_delivers_it()
    {
        await using (Spool spool = _folder.Open())
        {
            await using Exporter exporter = Open(spool, new ScriptedSender(new SendResult(SendOutcome.Retryable, RetryDelay: TimeSpan.FromHours(1))));
            exporter.Start();
            for (int i = 0; i < 10; i++)
            {
                exporter.Enqueue(Payload.Of(Signal.Traces, items: 2));
            }

            await exporter.CompleteAsync(Deadline, CancellationToken.None);
            Assert.Equal(20, exporter.Report().Spans.Spooled);
            Assert.True(exporter.Report().LostNothing);
        }

        await using Spool next = _folder.Open();
        await using Exporter later = Open(next, new ScriptedSender(new SendResult(SendOutcome.Accepted)));
        later.Start();
        await later.CompleteAsync(Deadline, CancellationToken.None);

        ExporterReport report = later.Report();
        Assert.Equal(20, report.Spool!.Spans.Delivered);
        Assert.Equal(0, report.Spans.Total);
    }

    [Fact]
    public async Task What_the_server_refuses_or_rejects_of_an_earlier_run_is_counted_there_and_not_sent_again()
    {
        await using (Spool spool = _folder.Open())
        {
            await SpoolFolder.StoreAsync(spool, 1, items: 4);
            await SpoolFolder.StoreAsync(spool, 2, items: 5);
        }

        await using Spool next = _folder.Open();
        ScriptedSender sender = new((request, _) => new ValueTask<SendResult>(
            request.ItemCount == 4 ? new SendResult(SendOutcome.Refused) : new SendResult(SendOutcome.Accepted, RejectedItems: 2)));
        await using Exporter exporter = Open(next, sender);
        exporter.Start();
        await exporter.CompleteAsync(Deadline, CancellationToken.None);

        FateCounts logs = exporter.Report().Spool!.Logs;
        Assert.Equal((4, 2, 3), (logs.Refused, logs.Rejected, logs.Delivered));
        Assert.Equal(2, sender.Sent);
    }

    [Fact]
    public async Task A_part_of_an_earlier_run_that_had_to_be_stored_anew_still_counts_there()
    {
        await using (Spool spool = _folder.Open())
        {
            await using Exporter exporter = Open(spool, new ScriptedSender(new SendResult(SendOutcome.Retryable)));
            exporter.Start();
            exporter.Enqueue(Payload.Of(Signal.Logs, items: 9));
            await exporter.CompleteAsync(Deadline, CancellationToken.None);
            Assert.Equal(9, exporter.Report().Logs.Spooled);
        }

        bool isUp = false;
        await using Spool next = _folder.Open();
        await using Exporter later = Open(next, new ScriptedSender((request, _) => new ValueTask<SendResult>(new SendResult(
            request.ItemCount == 9 ? SendOutcome.TooLarge : request.ItemCount == 4 || isUp ? SendOutcome.Accepted : SendOutcome.Retryable))));
        later.Start();
        await UntilAsync(() => later.Report().Spool!.Logs.Delivered == 4);
        Assert.Equal(new FateCounts(0, 0, 0, 0, 0, 0, 0), later.Report().Logs);
        isUp = true;
        await UntilAsync(() => later.Report().Spool!.Logs.Delivered == 9);
        await later.CompleteAsync(Deadline, CancellationToken.None);

        Assert.Equal(new FateCounts(0, 0, 0, 0, 0, 0, 0), later.Report().Logs);
        Assert.Equal(9, later.Report().Spool!.Logs.Total);
    }

    [Fact]
    public async Task A_destination_that_is_away_costs_one_try_at_the_end_and_everything_stays()
    {
        await using (Spool spool = _folder.Open())
        {
            foreach (int number in Enumerable.Range(0, 100))
            {
                await SpoolFolder.StoreAsync(spool, number);
            }
        }

        await using (Spool next = _folder.Open())
        {
            ScriptedSender sender = new(new SendResult(SendOutcome.Retryable));
            await using Exporter exporter = Open(next, sender);
            exporter.Start();
            await exporter.CompleteAsync(Deadline, CancellationToken.None);
            Assert.InRange(sender.Sent, 1, 8);
            Assert.True(exporter.Report().Spool!.IsEmpty);
        }

        Assert.Equal(Enumerable.Range(0, 100), (await _folder.ReopenAndDrainAsync()).Numbers);
    }

    [Fact]
    public async Task A_request_under_way_at_the_deadline_stays_stored()
    {
        await using (Spool spool = _folder.Open())
        {
            await SpoolFolder.StoreAsync(spool, 7);
        }

        await using (Spool next = _folder.Open())
        {
            TaskCompletionSource asked = new();
            ScriptedSender sender = new(async (_, cancellationToken) =>
            {
                asked.TrySetResult();
                await Task.Delay(Timeout.Infinite, cancellationToken);
                return default;
            });
            await using Exporter exporter = Open(next, sender);
            exporter.Start();
            await asked.Task.WaitAsync(Deadline);
            await exporter.CompleteAsync(TimeSpan.Zero, CancellationToken.None);
        }

        Assert.Equal([7], (await _folder.ReopenAndDrainAsync()).Numbers);
    }

    [Fact]
    public async Task Without_room_on_disk_records_end_under_another_fate_and_the_account_closes()
    {
        FailingFiles files = new() { Fails = true };
        await using Spool spool = _folder.Open(more: options => options with { OpenSegment = files.Open });
        await using Exporter exporter = Open(spool, new ScriptedSender(new SendResult(SendOutcome.Retryable)));
        exporter.Start();
        for (int i = 0; i < 10; i++)
        {
            exporter.Enqueue(Payload.Of(Signal.Logs, items: 3));
        }

        await exporter.CompleteAsync(Deadline, CancellationToken.None);

        Assert.Equal(0, exporter.Report().Logs.Spooled);
        Assert.Equal(30, exporter.Report().Logs.Total);
    }

    private static Exporter Open(Spool spool, ScriptedSender sender)
    {
        DeliveryAccount account = new();
        SpoolStore store = new(spool, signal => SpoolFolder.Lane with { Signal = signal }, account, TimeProvider.System);
        DeliveryOptions options = new(16 * 1024 * 1024) { Retry = new RetryPolicy(TimeSpan.FromMilliseconds(20)), Concurrency = 4 };
        return new Exporter("otlp", SignalSenders.All(sender), _ => options, NullLogger.Instance, TimeProvider.System, store, account);
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using CancellationTokenSource deadline = new(Deadline);
        while (!condition())
        {
            await Task.Delay(20, deadline.Token);
        }
    }
}
