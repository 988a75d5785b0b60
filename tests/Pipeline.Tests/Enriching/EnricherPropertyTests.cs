using CsCheck;
using OpencodeOtel.Pipeline.Enriching;
using OpencodeOtel.Pipeline.Receiving.Events;

namespace OpencodeOtel.Pipeline.Tests.Enriching;

/// <summary>What holds for every stream, however its events are mixed.</summary>
public class EnricherPropertyTests
{
    private static readonly string[] Counters = ["session.count", "token.usage", "cost.usage", "cache.count", "message.count", "model.usage", "retry.count", "tool.duration"];

    /// <summary>Threads of events whose own order is kept: one a message, one a call, one for each session.</summary>
    private static readonly Gen<Happening[][]> Threads =
        Gen.Select(Gen.Int[1, 3], Gen.Int[1, 3], Gen.Int[0, 2], Gen.Int[0, 1]).Select((sessions, messages, calls, parents) =>
        {
            var threads = new List<Happening[]>();
            for (int session = 0; session < sessions; session++)
            {
                string id = $"ses_{session}";
                threads.Add([Some.SessionCreated(id, parent: session > 0 && parents == 1 ? "ses_0" : ""), Some.Retry(id), Some.Idle(id), Some.Error(id), Some.Idle(id)]);
                for (int message = 0; message < messages; message++)
                {
                    string user = $"msg_u{message}";
                    string assistant = $"msg_a{message}";
                    long at = Some.T0 + (message * 1000);
                    threads.Add([Some.UserMessage(user, id, at + 10), Some.TextPart("text", user, session: id), Some.UserMessage(user, id, at + 10)]);
                    threads.Add([
                        Some.AssistantMessage(assistant, id, user, at + 20),
                        Some.AssistantMessage(assistant, id, user, at + 20, at + 500, new TokenCounts(message, 1, 0, session, 2)),
                        Some.AssistantMessage(assistant, id, user, at + 20, at + 500, new TokenCounts(message, 1, 0, session, 2)),
                    ]);
                    for (int call = 0; call < calls; call++)
                    {
                        string name = $"call_{message}_{call}";
                        threads.Add([
                            Some.ToolRunning(name, id, start: at + 100, message: assistant),
                            Some.ToolRunning(name, id, start: at + 100, message: assistant),
                            Some.ToolCompleted(name, id, start: at + 100, end: at + 150 + call, message: assistant),
                            Some.ToolCompleted(name, id, start: at + 100, end: at + 150 + call, message: assistant),
                        ]);
                    }
                }
            }

            return threads.ToArray();
        });

    [Fact]
    public void Any_interleaving_that_keeps_each_messages_order_gives_the_same_totals() =>
        Gen.Select(Threads, Gen.Int).Sample((threads, seed) =>
        {
            Telemetry inOrder = Telemetry.Of(threads.SelectMany(thread => thread)).Complete();
            Telemetry mixed = Telemetry.Of(Mix(threads, seed)).Complete();

            Assert.All(Counters, counter => Assert.Equal(inOrder.Sum(counter), mixed.Sum(counter), 1e-9));
            Assert.All(Counters, counter => Assert.Equal(inOrder.MeasurementsOf(counter).Count(), mixed.MeasurementsOf(counter).Count()));
            Assert.Equal(inOrder.LlmSpans.Select(span => span.SpanId).Order(), mixed.LlmSpans.Select(span => span.SpanId).Order());
            Assert.Equal(inOrder.ToolSpans.Select(span => span.SpanId).Order(), mixed.ToolSpans.Select(span => span.SpanId).Order());
            Assert.Equal(inOrder.LogsOf("user_prompt").Count(), mixed.LogsOf("user_prompt").Count());
        });

    [Fact]
    public void No_span_is_exported_twice_and_none_ends_before_it_begins() =>
        Gen.Select(Threads, Gen.Int).Sample((threads, seed) =>
        {
            Telemetry made = Telemetry.Of(Mix(threads, seed)).Complete();

            Assert.Equal(made.Spans.Count, made.Spans.Select(span => span.SpanId).Distinct().Count());
            Assert.All(made.Spans, span => Assert.True(span.End >= span.Start));
        });

    [Fact]
    public void A_prefix_never_throws_and_its_totals_never_exceed_the_wholes() =>
        Gen.Select(Threads, Gen.Int).Sample((threads, seed) =>
        {
            Happening[] stream = [.. Mix(threads, seed)];
            Telemetry whole = Telemetry.Of(stream).Complete();
            for (int length = 0; length < stream.Length; length++)
            {
                Telemetry part = Telemetry.Of(stream.Take(length)).Complete();

                Assert.All(Counters, counter => Assert.InRange(part.Sum(counter), 0, whole.Sum(counter) + 1e-9));
            }
        });

    [Fact]
    public void Replaying_gives_the_same_telemetry() =>
        Gen.Select(Threads, Gen.Int).Sample((threads, seed) =>
            Assert.Equal(Telemetry.Of(Mix(threads, seed)).Complete().Lines(), Telemetry.Of(Mix(threads, seed)).Complete().Lines()));

    [Fact]
    public void Small_bounds_change_no_total_of_what_is_not_forgotten() =>
        Gen.Select(Threads, Gen.Int).Sample((threads, seed) =>
        {
            var limits = new EnrichingLimits { Sessions = 1, Messages = 1, Calls = 1, Prompts = 1, Texts = 1, HeldCallsPerRun = 1 };
            Telemetry whole = Telemetry.Of(Mix(threads, seed)).Complete();
            Telemetry bounded = new Telemetry(limits: limits).Then(Mix(threads, seed)).Complete();

            Assert.Equal(whole.Sum("message.count"), bounded.Sum("message.count"));
            Assert.Equal(whole.Sum("token.usage"), bounded.Sum("token.usage"));
            Assert.Equal(whole.MeasurementsOf("tool.duration").Count(), bounded.MeasurementsOf("tool.duration").Count());
            Assert.Equal(bounded.LlmSpans.Count(), bounded.LlmSpans.Select(span => span.SpanId).Distinct().Count());
            Assert.Equal(bounded.ToolSpans.Count(), bounded.ToolSpans.Select(span => span.SpanId).Distinct().Count());
        });

    private static IEnumerable<Happening> Mix(Happening[][] threads, int seed)
    {
        var random = new Random(seed);
        int[] next = new int[threads.Length];
        List<int> open = [.. Enumerable.Range(0, threads.Length)];
        while (open.Count > 0)
        {
            int at = random.Next(open.Count);
            int thread = open[at];
            yield return threads[thread][next[thread]++];
            if (next[thread] == threads[thread].Length)
            {
                open.RemoveAt(at);
            }
        }
    }
}
