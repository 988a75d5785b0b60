using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace OpencodeOtel.Cli.Commands;

/// <summary>Puts examples, and where to read on, below what the library prints for <c>--help</c>.</summary>
internal static class Help
{
    private const string Environment = """
        Environment:
          Options that name a variable in brackets can be set by it; the command line beats OPENCODE_* beats OTEL_*.


        """;

    private const string Reading = Environment + """
        Exit codes:
          0 done, 1 unexpected error or a failed check of doctor, 2 usage or configuration, 3 with --strict: not all delivered, 130 and 143 after SIGINT and SIGTERM

        """;

    private const string ReadingOfShim = """
        Environment:
          OPENCODE_CONFIG_DIR, XDG_CONFIG_HOME and HOME say where the user's plugins are. The plugin is silent until
          OPENCODE_ENABLE_TELEMETRY is set in opencode's environment; what it starts reads the variables that 'pipe --help' names.

        Exit codes:
          0 done, 1 the file cannot be changed or is somebody else's, 2 usage, or no HOME

        """;

    // Where a command is not like the others.
    private static readonly Dictionary<string, string> Readings = new(StringComparer.Ordinal)
    {
        ["run"] = Environment + """
            Exit codes:
              The command's own, and 128 + n when signal n ended it; 127 when there is no such command, 126 when it cannot be executed.
              2 usage or configuration: the command was not started. 3 with --strict, in place of the command's 0: not all delivered.

            """,
        ["install"] = ReadingOfShim,
        ["uninstall"] = ReadingOfShim,
        ["completions"] = """
            Exit codes:
              0 done, 2 usage

            """,
    };

    // The library knows nothing of --, without which the command's options would be taken for ours.
    private static readonly (string Printed, string Meant) UsageOfRun = ("run <COMMAND>... [options]", "run [options] -- <COMMAND>...");

    /// <summary>Extends the help of a command and of all below it.</summary>
    public static void Extend(RootCommand root)
    {
        HelpOption option = root.Options.OfType<HelpOption>().Single();
        option.Description = "Show help, with examples";
        if (option.Action is HelpAction inner)
        {
            option.Action = new Action(inner);
        }
    }

    private sealed class Action(HelpAction inner) : SynchronousCommandLineAction
    {
        // Help is shown however incomplete the rest of the line is.
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            TextWriter output = parseResult.InvocationConfiguration.Output;
            using var printed = new StringWriter();
            parseResult.InvocationConfiguration.Output = printed;
            int result = inner.Invoke(parseResult);
            parseResult.InvocationConfiguration.Output = output;
            output.Write(printed.ToString().Replace(UsageOfRun.Printed, UsageOfRun.Meant, StringComparison.Ordinal));
            string path = CommandPath(parseResult.CommandResult.Command);
            if (HelpExamples.Of(path) is { Count: > 0 } examples)
            {
                output.WriteLine("Examples:");
                foreach ((string words, string line) in examples)
                {
                    output.WriteLine($"  # {words}");
                    output.WriteLine($"  {line}");
                }

                output.WriteLine();
            }

            output.Write(Readings.GetValueOrDefault(path, Reading));
            return result;
        }

        private static string CommandPath(Command command) =>
            command.Parents.OfType<Command>().FirstOrDefault() is { } parent and not RootCommand
                ? $"{CommandPath(parent)} {command.Name}"
                : command is RootCommand ? "" : command.Name;
    }
}
