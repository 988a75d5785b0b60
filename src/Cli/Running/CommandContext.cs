using OpencodeOtel.Pipeline.Configuration;

namespace OpencodeOtel.Cli.Running;

/// <summary>The terminal and the environment that a command runs in.</summary>
internal sealed class CommandContext
{
    /// <summary>Gets standard error.</summary>
    public TextWriter Error { get; } = Console.Error;

    /// <summary>Gets a value indicating whether standard output is a terminal that wants colour (<see href="https://no-color.org"/>).</summary>
    public bool ColourOutput { get; } =
        !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

    /// <summary>Gets a value indicating whether standard error is a terminal.</summary>
    public bool ErrorIsTerminal { get; } = !Console.IsErrorRedirected;

    /// <summary>Gets a value indicating whether standard output is a terminal.</summary>
    public bool OutputIsTerminal { get; } = !Console.IsOutputRedirected;

    /// <summary>Gets standard input.</summary>
    public Stream Input { get; } = Console.OpenStandardInput();

    /// <summary>Gets standard output.</summary>
    public Stream Output { get; } = Console.OpenStandardOutput();

    /// <summary>Gets what looks up an environment variable.</summary>
    public Func<string, string?> Variables { get; } = Environment.GetEnvironmentVariable;

    /// <summary>Standard output as text, buffered: results can be long.</summary>
    public TextWriter OpenOutputText() => new StreamWriter(Output, bufferSize: 32 * 1024) { NewLine = "\n" };

    /// <summary>Resolves the options of a pipeline from what was typed and the environment.</summary>
    /// <exception cref="ConfigurationException">A value cannot be used.</exception>
    public ResolvedOptions Resolve(IReadOnlyDictionary<string, IReadOnlyList<string>> typed) => OptionsResolver.Resolve(typed, Variables);
}
