using System.Diagnostics;
using System.Globalization;

namespace OpencodeOtel.Benchmarks.Running;

/// <summary>Runs every benchmark a few times: the contestants do the same work, and ours keep to their allocation budgets. Times are not looked at.</summary>
internal static class CheckRun
{
    // Long enough for the tiered compiler to be done with what it allocates for: some boxes go only in optimised code.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Checks the questions whose name holds <paramref name="part"/>.</summary>
    /// <returns>The exit code: 0, or 1 when something does not hold.</returns>
    public static int Run(string part, TextWriter output)
    {
        IReadOnlyDictionary<string, Budget> budgets = Budget.ReadAll();
        HashSet<string> seen = [];
        int failures = 0;
        foreach (Question question in Questions.Named(part))
        {
            using Question running = question;
            question.Setup();
            string? difference = question.Verify();
            if (difference is not null)
            {
                failures++;
                output.WriteLine($"FAILED {question.GetType().Name}: {difference}");
            }

            foreach (Contestant contestant in Questions.Contestants(question))
            {
                seen.Add(contestant.Key);
                failures += Check(contestant, budgets.GetValueOrDefault(contestant.Key), output) ? 0 : 1;
            }
        }

        foreach (string stale in budgets.Keys.Where(key => part.Length == 0 && !seen.Contains(key)))
        {
            failures++;
            output.WriteLine($"FAILED {stale}: a budget for no benchmark");
        }

        return failures == 0 ? 0 : 1;
    }

    private static bool Check(Contestant contestant, Budget? budget, TextWriter output)
    {
        int bytes = contestant.Run(1);
        if (contestant.Category != Categories.Ours)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ran    {contestant.Key}: {bytes} bytes for {contestant.Items} items"));
            return true;
        }

        if (budget is null)
        {
            output.WriteLine($"FAILED {contestant.Key}: no allocation budget");
            return false;
        }

        long allowed = budget.Of(contestant.Items);
        long allocated = Allocated(contestant, allowed);
        string verdict = allocated <= allowed ? "ok    " : "FAILED";
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{verdict} {contestant.Key}: {bytes} bytes for {contestant.Items} items, {allocated} bytes allocated, budget {allowed}"));
        return allocated <= allowed;
    }

    // The least of many calls: a collection may empty a pool at any time, a leak shows in every call.
    private static long Allocated(Contestant contestant, long allowed)
    {
        long least = long.MaxValue;
        long start = Stopwatch.GetTimestamp();
        do
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            contestant.Run(1);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        while (least > allowed && Stopwatch.GetElapsedTime(start) < Patience);

        return least;
    }
}
