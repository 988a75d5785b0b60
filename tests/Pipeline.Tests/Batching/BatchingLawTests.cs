using CsCheck;
using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Configuration;

namespace OpencodeOtel.Pipeline.Tests.Batching;

/// <summary>What holds for any sequence of records, waits and flushes.</summary>
public class BatchingLawTests
{
    private const int Limit = 900;

    private static readonly Gen<Step> Steps = Gen.Frequency(
        (20, Gen.Select(Gen.Enum<Signal>(), Gen.Frequency((15, Gen.Int[0, 60]), (1, Gen.Int[0, 1500])), (signal, length) => new Step(signal, length))),
        (2, Gen.Int[1, 4000].Select(wait => new Step(null, wait))),
        (1, Gen.Const(new Step(null, 0))));

    [Fact]
    public void Each_record_is_in_exactly_one_request_of_each_form_or_counted_as_too_large() =>
        Gen.Select(Steps.Array[0, 100], Gen.Int[100, Limit], Gen.Int[1, 20]).Sample(
            (steps, targetBytes, targetItems) =>
            {
                var options = new TelemetryOptions { RequestTargetBytes = targetBytes, RequestTargetItems = targetItems, RequestLimitBytes = Limit };
                using var batch = new Batch(options, WireForm.Protobuf, WireForm.Json);
                var made = new Dictionary<Signal, List<string>>();
                for (int i = 0; i < steps.Length; i++)
                {
                    Take(batch, steps[i], i, made);
                }

                batch.Batcher.Flush();
                foreach (Signal signal in Enum.GetValues<Signal>())
                {
                    List<string> expected = made.GetValueOrDefault(signal, []);
                    Assert.Equal(expected.Count, batch.Batcher.RecordsMade[signal]);
                    foreach (WireForm form in Enum.GetValues<WireForm>())
                    {
                        Check(batch, signal, form, expected, targetBytes, targetItems);
                    }
                }
            },
            iter: 100);

    private static void Take(Batch batch, Step step, int number, Dictionary<Signal, List<string>> made)
    {
        if (step.Signal is Signal signal)
        {
            string name = $"{number}:{new string('x', step.Amount)}";
            batch.Put(signal, name);
            made.TryAdd(signal, []);
            made[signal].Add(name);
        }
        else if (step.Amount == 0)
        {
            batch.Batcher.Flush();
        }
        else
        {
            batch.Time.Advance(TimeSpan.FromMilliseconds(step.Amount));
            batch.Batcher.Tick();
        }
    }

    private static void Check(Batch batch, Signal signal, WireForm form, List<string> expected, int targetBytes, int targetItems)
    {
        string[] sent = [.. batch.NamesOf(signal, form)];
        Assert.Equal(sent.Length, sent.Distinct().Count());
        Assert.Empty(sent.Except(expected));
        Assert.Equal(expected.Count, sent.Length + batch.Sink.TooLarge.GetValueOrDefault((signal, form)));

        // What is missing is larger than all that could be sent.
        int smallestMissing = expected.Except(sent).Select(name => name.Length).DefaultIfEmpty(int.MaxValue).Min();
        Assert.All(sent, name => Assert.True(name.Length < smallestMissing));
        Assert.All(batch.Sink.Of(signal, form), request =>
        {
            Assert.Equal(request.Items, Batch.Names(request).Count());
            Assert.InRange(request.Items, 1, targetItems);
            Assert.InRange(request.Body.Length, 1, request.Items == 1 ? Limit : targetBytes);
        });
    }

    /// <summary>A record with a text so long; or, without a signal, a wait in milliseconds; or, without either, a flush.</summary>
    private sealed record Step(Signal? Signal, int Amount);
}
