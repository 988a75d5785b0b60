using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Configuration;
using OpencodeOtel.Pipeline.Diagnostics;

namespace OpencodeOtel.Pipeline.Tests.Batching;

public class SignalBatcherTests
{
    private static readonly TelemetryOptions Defaults = new();

    public static TheoryData<Signal> Signals => [.. Enum.GetValues<Signal>()];

    [Theory]
    [MemberData(nameof(Signals))]
    public void Nothing_is_handed_over_before_there_is_a_reason(Signal signal)
    {
        using var batch = new Batch(Defaults);
        for (int i = 0; i < 100; i++)
        {
            batch.Put(signal, $"record {i}");
        }

        Assert.Empty(batch.Sink.Requests);
        batch.Batcher.Flush();
        Assert.Equal(100, Assert.Single(batch.Sink.Requests).Items);
        Assert.Equal(Enumerable.Range(0, 100).Select(i => $"record {i}").Order(), batch.NamesOf(signal).Order());
    }

    [Fact]
    public void Item_070_An_empty_batch_makes_no_request()
    {
        using var batch = new Batch(Defaults, WireForm.Protobuf, WireForm.Json);

        batch.Batcher.Flush();
        batch.Batcher.EndCollection();
        batch.Batcher.Tick();
        batch.PutSpan("one");
        batch.Batcher.Flush();
        batch.Batcher.Flush();

        Assert.Equal(2, batch.Sink.Requests.Count);
    }

    [Theory]
    [MemberData(nameof(Signals))]
    public void Item_068_A_request_with_the_wanted_number_of_items_does_not_wait(Signal signal)
    {
        using var batch = new Batch(Defaults with { RequestTargetItems = 3 });
        for (int i = 0; i < 7; i++)
        {
            batch.Put(signal, $"record {i}");
        }

        Assert.Equal([3, 3], batch.Sink.Requests.Select(request => request.Items));
        batch.Batcher.Flush();
        Assert.Equal(1, batch.Sink.Requests[^1].Items);
    }

    [Theory]
    [MemberData(nameof(Signals))]
    public void A_request_stays_within_the_wanted_size(Signal signal)
    {
        const int Target = 2000;
        using var batch = new Batch(Defaults with { RequestTargetBytes = Target });
        for (int i = 0; i < 100; i++)
        {
            batch.Put(signal, $"record {i:d4}");
        }

        batch.Batcher.Flush();

        Assert.All(batch.Sink.Requests, request => Assert.InRange(request.Body.Length, 1, Target));

        // All but the last are as full as a record more would have burst.
        Assert.All(batch.Sink.Requests.SkipLast(1), request => Assert.InRange(request.Body.Length, Target - 150, Target));
        Assert.Equal(100, batch.Sink.Requests.Sum(request => request.Items));
    }

    [Theory]
    [MemberData(nameof(Signals))]
    public void A_record_larger_than_the_wanted_size_travels_alone_and_at_once(Signal signal)
    {
        using var batch = new Batch(Defaults with { RequestTargetBytes = 500, RequestLimitBytes = 5000 });
        batch.Put(signal, "small");
        batch.Put(signal, new string('x', 3000));
        batch.Put(signal, "small again");

        Assert.Equal(["small", new string('x', 3000)], batch.NamesOf(signal));
        Assert.Equal(2, batch.Sink.Requests.Count);
        Assert.Empty(batch.Sink.TooLarge);
    }

    [Theory]
    [MemberData(nameof(Signals))]
    public void Items_017_044_A_record_larger_than_the_limit_costs_only_itself_and_is_counted(Signal signal)
    {
        using var batch = new Batch(Defaults with { RequestTargetBytes = 500, RequestLimitBytes = 1000 });
        batch.Put(signal, "before");
        batch.Put(signal, new string('x', 3000));
        batch.Put(signal, new string('x', 3000));
        batch.Put(signal, "after");
        batch.Batcher.Flush();

        Assert.Equal(["before", "after"], batch.NamesOf(signal));
        Assert.Equal(2, batch.Sink.TooLarge[(signal, WireForm.Protobuf)]);
        Assert.Equal(4, batch.Batcher.RecordsMade[signal]);
    }

    [Fact]
    public void Too_large_in_one_wire_form_is_delivered_in_the_other()
    {
        // A control character takes one byte in protobuf and six in JSON.
        using var batch = new Batch(Defaults with { RequestLimitBytes = 2000 }, WireForm.Protobuf, WireForm.Json);
        batch.PutLog(new string('\u0001', 1000));
        batch.Batcher.Flush();

        Assert.Single(batch.NamesOf(Signal.Logs, WireForm.Protobuf));
        Assert.Empty(batch.Sink.Of(Signal.Logs, WireForm.Json));
        Assert.Equal([((Signal.Logs, WireForm.Json), 1)], batch.Sink.TooLarge.Select(entry => (entry.Key, entry.Value)));
        Assert.Equal(new SignalCounts(Metrics: 0, Logs: 1, Spans: 0), batch.Batcher.RecordsMade);
    }

    [Fact]
    public void Each_wire_form_gets_every_record_and_it_is_made_once()
    {
        using var batch = new Batch(Defaults, WireForm.Protobuf, WireForm.Json);
        batch.PutSpan("span");
        batch.PutLog("log");
        batch.PutPoint("point");
        batch.Batcher.Flush();

        foreach (WireForm form in Enum.GetValues<WireForm>())
        {
            Assert.Equal(["span"], batch.NamesOf(Signal.Traces, form));
            Assert.Equal(["log"], batch.NamesOf(Signal.Logs, form));
            Assert.Equal(["point"], batch.NamesOf(Signal.Metrics, form));
        }

        Assert.Equal(new SignalCounts(Metrics: 1, Logs: 1, Spans: 1), batch.Batcher.RecordsMade);
    }

    [Fact]
    public void Points_are_handed_over_at_the_end_of_their_collection_and_nothing_else_is()
    {
        using var batch = new Batch(Defaults);
        batch.PutSpan("span");
        batch.PutPoint("odd");
        batch.PutPoint("even");
        batch.Batcher.EndCollection();

        Assert.Equal(Signal.Metrics, Assert.Single(batch.Sink.Requests).Signal);
        Assert.Equal(["odd", "even"], batch.NamesOf(Signal.Metrics));
    }

    [Fact]
    public void A_metric_goes_on_in_the_next_request()
    {
        using var batch = new Batch(Defaults with { RequestTargetItems = 2 });
        foreach (string name in (string[])["aa", "bb", "cc", "dd", "x", "y"])
        {
            batch.PutPoint(name);
        }

        Assert.Equal(["aa,bb", "cc,dd", "x,y"], batch.Sink.Requests.Select(request => string.Join(',', Batch.Names(request))));
    }
}
