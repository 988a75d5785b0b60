using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Configuration;

namespace OpencodeOtel.Pipeline.Tests.Batching;

public class BatchIntervalTests
{
    private static readonly TelemetryOptions Options = new() { LogsInterval = TimeSpan.FromSeconds(5) };

    [Theory]
    [InlineData(Signal.Traces)]
    [InlineData(Signal.Logs)]
    public void A_request_is_closed_an_interval_after_its_first_record(Signal signal)
    {
        using var batch = new Batch(Options);
        batch.Put(signal, "first");
        batch.Time.Advance(TimeSpan.FromSeconds(3));
        batch.Put(signal, "second");
        Assert.Equal(TimeSpan.FromSeconds(2), batch.Batcher.NextDeadline);

        batch.Time.Advance(TimeSpan.FromSeconds(2) - TimeSpan.FromMilliseconds(1));
        batch.Batcher.Tick();
        Assert.Empty(batch.Sink.Requests);

        batch.Time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(TimeSpan.Zero, batch.Batcher.NextDeadline);
        batch.Batcher.Tick();
        Assert.Equal(["first", "second"], batch.NamesOf(signal));
        Assert.Null(batch.Batcher.NextDeadline);
    }

    [Fact]
    public void Spans_and_log_records_may_have_intervals_and_numbers_of_their_own()
    {
        using var batch = new Batch(Options with { SpansInterval = TimeSpan.FromSeconds(1), SpanTargetItems = 3, LogTargetItems = 2 });
        batch.PutSpan("span");
        batch.PutLog("log");
        Assert.Equal(TimeSpan.FromSeconds(1), batch.Batcher.NextDeadline);

        batch.Time.Advance(TimeSpan.FromSeconds(1));
        batch.Batcher.Tick();
        Assert.Equal(["span"], batch.NamesOf(Signal.Traces));
        Assert.Empty(batch.NamesOf(Signal.Logs));

        batch.PutLog("another log");
        Assert.Equal(["another log", "log"], batch.NamesOf(Signal.Logs).Order());
        batch.PutSpan("two");
        batch.PutSpan("three");
        Assert.Single(batch.NamesOf(Signal.Traces));
        batch.PutSpan("four");
        Assert.Equal(4, batch.NamesOf(Signal.Traces).Count());
    }

    [Fact]
    public void The_interval_starts_anew_with_each_request()
    {
        using var batch = new Batch(Options with { RequestTargetItems = 2 });
        batch.PutLog("one");
        batch.Time.Advance(TimeSpan.FromSeconds(4));
        batch.PutLog("two");
        batch.PutLog("three");

        Assert.Single(batch.Sink.Requests);
        Assert.Equal(TimeSpan.FromSeconds(5), batch.Batcher.NextDeadline);
    }

    [Theory]
    [InlineData(Signal.Logs, Signal.Traces)]
    [InlineData(Signal.Traces, Signal.Logs)]
    public void The_next_deadline_is_the_nearest_and_signals_are_closed_apart(Signal first, Signal second)
    {
        using var batch = new Batch(Options, WireForm.Protobuf, WireForm.Json);
        batch.Put(first, "first");
        batch.Time.Advance(TimeSpan.FromSeconds(1));
        batch.Put(second, "second");
        Assert.Equal(TimeSpan.FromSeconds(4), batch.Batcher.NextDeadline);

        batch.Time.Advance(TimeSpan.FromSeconds(4));
        batch.Batcher.Tick();

        Assert.Equal([first, first], batch.Sink.Requests.Select(request => request.Signal));
        Assert.Equal(TimeSpan.FromSeconds(1), batch.Batcher.NextDeadline);
    }

    [Fact]
    public void Points_do_not_wait_for_the_clock()
    {
        using var batch = new Batch(Options);
        batch.PutPoint("point");

        Assert.Null(batch.Batcher.NextDeadline);
        batch.Time.Advance(TimeSpan.FromHours(1));
        batch.Batcher.Tick();
        Assert.Empty(batch.Sink.Requests);
    }
}
