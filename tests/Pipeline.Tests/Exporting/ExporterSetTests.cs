using Microsoft.Extensions.Time.Testing;
using OpencodeOtel.Otlp;
using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Exporting;
using OpencodeOtel.Pipeline.Exporting.Delivering;

namespace OpencodeOtel.Pipeline.Tests.Exporting;

public class ExporterSetTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);
    private readonly RecordingLogger _logger = new();

    [Fact]
    public async Task A_request_goes_to_every_destination_of_its_form_and_its_buffer_back_after_the_last()
    {
        ScriptedSender first = new(new SendResult(SendOutcome.Accepted));
        ScriptedSender second = new(new SendResult(SendOutcome.Refused));
        ScriptedSender json = new(new SendResult(SendOutcome.Accepted)) { Form = WireForm.Json };
        await using ExporterSet set = new([Make(first), Make(second), Make(json)], TimeProvider.System);
        Assert.Equal([WireForm.Protobuf, WireForm.Json], set.FormsOf(Signal.Traces));
        set.Start();
        ExportRequest request = Payload.Of(items: 4);
        set.Enqueue(request);
        set.CountTooLarge(Signal.Logs, WireForm.Json, 9);
        await set.CompleteAsync(Long, CancellationToken.None);
        Assert.Equal([4, 0, 0], set.Report().Select(report => report.Logs.Delivered));
        Assert.Equal([0, 4, 0], set.Report().Select(report => report.Logs.Refused));
        Assert.Equal([0, 0, 9], set.Report().Select(report => report.Logs.TooLarge));
        Assert.Throws<ObjectDisposedException>(() => request.Body);
    }

    [Fact]
    public async Task Without_a_destination_a_request_is_given_back()
    {
        await using ExporterSet set = new([], TimeProvider.System);
        ExportRequest request = Payload.Of();
        set.Enqueue(request);
        Assert.Throws<ObjectDisposedException>(() => request.Body);
        Assert.True(set.HasRoom);
    }

    [Fact]
    public async Task Waiting_for_room_ends_when_there_is_some()
    {
        TaskCompletionSource<SendResult> answer = new();
        await using ExporterSet set = new([Make(new ScriptedSender((_, _) => new ValueTask<SendResult>(answer.Task)), 1000)], TimeProvider.System);
        set.Start();
        set.Enqueue(Payload.Of(padding: 2000));
        Assert.False(set.HasRoom);
        ValueTask<bool> waiting = set.WaitForRoomAsync(Long, CancellationToken.None);
        Assert.False(waiting.IsCompleted);
        answer.SetResult(new SendResult(SendOutcome.Accepted));
        Assert.True(await waiting);
    }

    [Fact]
    public async Task Items_059_071_A_dead_destination_holds_the_input_back_once_and_others_not_at_all()
    {
        FakeTimeProvider clock = new();
        TaskCompletionSource<SendResult> answer = new();
        ScriptedSender alive = new(new SendResult(SendOutcome.Accepted));
        await using ExporterSet set = new([Make(new ScriptedSender((_, _) => new ValueTask<SendResult>(answer.Task)), 1000), Make(alive)], clock);
        set.Start();
        set.Enqueue(Payload.Of(padding: 2000));
        TimeSpan second = TimeSpan.FromSeconds(1);
        ValueTask<bool> waiting = set.WaitForRoomAsync(second, CancellationToken.None);
        Assert.False(waiting.IsCompleted);
        clock.Advance(second);
        Assert.False(await waiting);
        ValueTask<bool> next = set.WaitForRoomAsync(second, CancellationToken.None);
        Assert.True(next.IsCompleted); // It does not wait again.
        Assert.False(await next);
        set.Enqueue(Payload.Of(items: 3));
        answer.SetResult(new SendResult(SendOutcome.Accepted));
        await set.CompleteAsync(Long, CancellationToken.None);
        Assert.Equal([1, 0], set.Report().Select(report => report.Logs.Dropped is 3 ? 1 : 0));
        Assert.Equal([1, 4], set.Report().Select(report => report.Logs.Delivered));
        Assert.True(await set.WaitForRoomAsync(Long, CancellationToken.None));
    }

    [Fact]
    public async Task Waiting_for_room_can_be_cancelled()
    {
        TaskCompletionSource<SendResult> never = new();
        await using ExporterSet set = new([Make(new ScriptedSender(async (_, cancel) => await never.Task.WaitAsync(cancel)), 1000)], TimeProvider.System);
        set.Start();
        set.Enqueue(Payload.Of(padding: 2000));
        using CancellationTokenSource cancel = new();
        ValueTask<bool> waiting = set.WaitForRoomAsync(Timeout.InfiniteTimeSpan, cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await waiting);
    }

    private Exporter Make(ScriptedSender sender, long limit = 1024 * 1024) => new("test", SignalSenders.All(sender), _ => new DeliveryOptions(limit), _logger, TimeProvider.System);
}
