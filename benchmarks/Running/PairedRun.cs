using System.Diagnostics;

namespace OpencodeOtel.Benchmarks.Running;

/// <summary>Runs the contestants of a question in turns, in short windows of one process, so that a noisy neighbour slows all of them.</summary>
internal static class PairedRun
{
    private static readonly TimeSpan Window = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(300);

    /// <summary>Measures <paramref name="contestants"/> over <paramref name="rounds"/> windows each.</summary>
    public static IReadOnlyList<Measured> Measure(IReadOnlyList<Contestant> contestants, int rounds)
    {
        // Twice, with a pause in which the tiered compiler installs what the first pass made hot.
        WarmAll(contestants);
        Thread.Sleep(200);
        int[] calls = WarmAll(contestants);

        double[][] nanoseconds = [.. contestants.Select(_ => new double[rounds])];
        double[][] allocated = [.. contestants.Select(_ => new double[rounds])];
        int[] bytes = new int[contestants.Count];
        for (int round = 0; round < rounds; round++)
        {
            for (int turn = 0; turn < contestants.Count; turn++)
            {
                // Each round begins with another contestant, and every second goes backwards: nobody has a fixed neighbour.
                int place = round % 2 == 0 ? turn : contestants.Count - 1 - turn;
                int i = (place + round) % contestants.Count;
                double items = (double)calls[i] * contestants[i].Items;
                long before = GC.GetAllocatedBytesForCurrentThread();
                TimeSpan start = Used();
                bytes[i] = contestants[i].Run(calls[i]);
                nanoseconds[i][round] = (Used() - start).TotalNanoseconds / items;
                allocated[i][round] = (GC.GetAllocatedBytesForCurrentThread() - before) / items;
            }
        }

        return
        [
            .. contestants.Select((contestant, i) => new Measured(
                contestant.Key, nanoseconds[i], (double)bytes[i] / contestant.Items, Measured.Quantile(allocated[i], 0.5))),
        ];
    }

    // Processor time, not the clock's: on a busy machine a window waits for its turn longer than it runs. All is on one thread, but
    // for what the collector does beside it, which belongs to who allocates.
    private static TimeSpan Used() => Environment.CpuUsage.TotalTime;

    private static int[] WarmAll(IReadOnlyList<Contestant> contestants) => [.. contestants.Select(CallsAWindow)];

    private static int CallsAWindow(Contestant contestant)
    {
        long start = Stopwatch.GetTimestamp();
        double best = double.MaxValue;
        while (Stopwatch.GetElapsedTime(start) < WarmUp)
        {
            long one = Stopwatch.GetTimestamp();
            contestant.Run(1);
            best = Math.Min(best, Stopwatch.GetElapsedTime(one).TotalNanoseconds);
        }

        return (int)Math.Clamp(Window.TotalNanoseconds / best, 1, 1_000_000);
    }
}
