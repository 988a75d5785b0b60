namespace OpencodeOtel.Benchmarks.Running;

/// <summary>One process of <see cref="RatiosRun"/>: measures, and prints a line for each contestant.</summary>
internal static class MeasureRun
{
    /// <summary>Measures the questions whose name holds <paramref name="part"/>.</summary>
    /// <returns>The exit code: 1 when contestants do not do the same work.</returns>
    public static int Run(string part, int rounds, TextWriter output, TextWriter error)
    {
        foreach (Question question in Questions.Named(part))
        {
            using Question running = question;
            question.Setup();
            if (question.Verify() is string difference)
            {
                error.WriteLine($"{question.GetType().Name} is not measured: {difference}");
                return 1;
            }

            foreach (Measured measured in PairedRun.Measure(Questions.Contestants(question), rounds))
            {
                output.WriteLine(measured.ToLine());
            }
        }

        return 0;
    }
}
