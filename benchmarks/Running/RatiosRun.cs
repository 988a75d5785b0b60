using System.Diagnostics;
using System.Globalization;

namespace OpencodeOtel.Benchmarks.Running;

/// <summary>Runs every question in pairs, in a few processes one after the other, and writes the tables.</summary>
internal static class RatiosRun
{
    private const int DefaultRounds = 151;

    // The compiler optimises by what it sees first, so that two processes with the same code differ by a tenth.
    private const int DefaultProcesses = 5;

    /// <summary>Runs <c>[part of a name] [--rounds N] [--processes N]</c>; the results file is only written when every question ran.</summary>
    /// <returns>The exit code.</returns>
    public static int Run(string[] args, TextWriter output)
    {
        int rounds = Option(args, "--rounds", DefaultRounds);
        int processes = Option(args, "--processes", DefaultProcesses);
        string part = args.Length > 0 && !args[0].StartsWith('-') ? args[0] : string.Empty;

        MarkdownReport report = new(Machine.Current(TimeProvider.System), rounds, processes);
        List<Measured> measured = [];
        for (int i = 0; i < processes; i++)
        {
            if (!TryMeasure(part, rounds, measured))
            {
                return 1;
            }
        }

        ILookup<string, Measured> runs = measured.ToLookup(run => run.Key);
        foreach (Question question in Questions.Named(part))
        {
            // Not set up here, so there is nothing to dispose of.
            report.Add(question, contestant => Measured.Join([.. runs[contestant.Key]]));
        }

        string document = report.Document();
        output.WriteLine(document);
        if (part.Length == 0)
        {
            string path = Path.Combine(ResultsFolder(), report.Machine.FileName);
            File.WriteAllText(path, document);
            output.WriteLine($"Written to {path}");
        }

        return 0;
    }

    private static bool TryMeasure(string part, int rounds, List<Measured> measured)
    {
        // Started by `dotnet run` this is a program of its own, started as `dotnet x.dll` it is not.
        bool isHost = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet";
        string[] program = isHost ? [Environment.GetCommandLineArgs()[0]] : [];
        ProcessStartInfo start = new(Environment.ProcessPath!, [.. program, "measure", part, rounds.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardOutput = true,
        };
        using Process process = Process.Start(start)!;
        while (process.StandardOutput.ReadLine() is string line)
        {
            measured.Add(Measured.FromLine(line));
        }

        process.WaitForExit();
        return process.ExitCode == 0;
    }

    private static int Option(string[] args, string name, int otherwise)
    {
        int place = Array.IndexOf(args, name);
        return place >= 0 && place + 1 < args.Length ? int.Parse(args[place + 1], CultureInfo.InvariantCulture) : otherwise;
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
