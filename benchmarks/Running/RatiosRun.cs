using System.Globalization;

namespace OpencodeOtel.Benchmarks.Running;

/// <summary>Runs every question in pairs and writes the tables.</summary>
internal static class RatiosRun
{
    private const int DefaultRounds = 401;

    /// <summary>Runs <c>[part of a name] [--rounds N]</c>; the results file is only written when every question ran.</summary>
    /// <returns>The exit code.</returns>
    public static int Run(string[] args, TextWriter output)
    {
        int option = Array.IndexOf(args, "--rounds");
        int rounds = option >= 0 ? int.Parse(args[option + 1], CultureInfo.InvariantCulture) : DefaultRounds;
        string part = args.Where((_, i) => option < 0 || (i != option && i != option + 1)).FirstOrDefault(string.Empty);

        MarkdownReport report = new(Machine.Current(TimeProvider.System), rounds);
        foreach (Question question in Questions.Named(part))
        {
            using Question running = question;
            question.Setup();
            if (question.Verify() is string difference)
            {
                output.WriteLine($"{question.GetType().Name} is not measured: {difference}");
                return 1;
            }

            IReadOnlyList<Measured> measured = PairedRun.Measure(Questions.Contestants(question), rounds);
            output.WriteLine(report.Add(question, measured));
        }

        output.WriteLine(report.Standing());
        if (part.Length == 0)
        {
            string path = Path.Combine(ResultsFolder(), report.Machine.FileName);
            File.WriteAllText(path, report.Document());
            output.WriteLine($"Written to {path}");
        }

        return 0;
    }

    private static string ResultsFolder()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string results = Path.Combine(folder.FullName, "benchmarks", "results");
            if (Directory.Exists(results))
            {
                return results;
            }
        }

        return Environment.CurrentDirectory;
    }
}
