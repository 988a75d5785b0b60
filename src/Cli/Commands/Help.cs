using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace OpencodeOtel.Cli.Commands;

/// <summary>Puts examples, and where to read on, below what the library prints for <c>--help</c>.</summary>
internal static class Help
{
    private const string Reading = """
        Environment:
          Options that name a variable in brackets can be set by it; the command line beats OPENCODE_* beats OTEL_*.

        Exit codes:
          0 done, 1 unexpected error or a failed check of doctor, 2 usage or configuration, 3 with --strict: not all delivered, 130 and 143 after SIGINT and SIGTERM

        """;

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
            int result = inner.Invoke(parseResult);
            TextWriter output = parseResult.InvocationConfiguration.Output;
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

            output.Write(Reading);
            return result;
        }

        private static string CommandPath(Command command) =>
            command.Parents.OfType<Command>().FirstOrDefault() is { } parent and not RootCommand
                ? $"{CommandPath(parent)} {command.Name}"
                : command is RootCommand ? "" : command.Name;
    }
}
