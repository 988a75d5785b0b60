using System.Text;

namespace OpencodeOtel.EndToEnd.Support;

/// <summary>What a finished run of the program left.</summary>
public sealed record CliResult(int ExitCode, byte[] Output, string Error)
{
    /// <summary>Gets standard output as text.</summary>
    public string OutputText => Encoding.UTF8.GetString(Output);

    /// <summary>Gets the JSON report, which is the line of standard error that starts with a brace.</summary>
    public Account Account => Account.Parse(
        Error.Split('\n').LastOrDefault(line => line.StartsWith('{'))
        ?? throw new InvalidOperationException($"There is no report in standard error:\n{Error}"));
}
