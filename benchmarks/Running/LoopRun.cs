using System.Diagnostics;
using System.Globalization;

namespace OpencodeOtel.Benchmarks.Running;

/// <summary>Runs one benchmark over and over, for a profiler to look at.</summary>
internal static class LoopRun
{
    private const int DefaultSeconds = 10;

    /// <summary>Runs <c>Class.Method [seconds]</c>.</summary>
    /// <returns>The exit code.</returns>
    public static int Run(string[] args, TextWriter output)
    {
        string key = args.ElementAtOrDefault(0) ?? string.Empty;
        TimeSpan duration = TimeSpan.FromSeconds(
            args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : DefaultSeconds);
        foreach (Question question in Questions.Named(key.Split('.')[0]))
        {
            using Question running = question;
            if (Questions.Contestants(question).FirstOrDefault(one => one.Key == key) is not Contestant contestant)
            {
                continue;
            }

            question.Setup();
            long start = Stopwatch.GetTimestamp();
            long calls = 0;
            while (Stopwatch.GetElapsedTime(start) < duration)
            {
                contestant.Run(1);
                calls++;
            }

            double nanoseconds = Stopwatch.GetElapsedTime(start).TotalNanoseconds / ((double)calls * contestant.Items);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{key}: {nanoseconds:f1} ns an item, {calls} calls"));
            return 0;
        }

        output.WriteLine($"There is no benchmark {key}; a name is a class and a method, such as EncodeSpan.Ours.");
        return 1;
    }
}
