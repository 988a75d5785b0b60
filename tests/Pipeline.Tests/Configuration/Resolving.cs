using OpencodeOtel.Pipeline.Configuration;

namespace OpencodeOtel.Pipeline.Tests.Configuration;

/// <summary>A command line and an environment, made up for a test.</summary>
internal static class Resolving
{
    /// <summary>Resolves <c>NAME=text</c> variables and <c>--option text</c> options.</summary>
    public static ResolvedOptions From(params string[] given)
    {
        Dictionary<string, IReadOnlyList<string>> commandLine = [];
        Dictionary<string, string> environment = [];
        foreach (string one in given)
        {
            if (one.StartsWith("--", StringComparison.Ordinal))
            {
                string[] parts = one.Split(' ', 2);
                string[] before = commandLine.TryGetValue(parts[0], out IReadOnlyList<string>? list) ? [.. list] : [];
                commandLine[parts[0]] = [.. before, .. parts.Skip(1)];
            }
            else
            {
                string[] parts = one.Split('=', 2);
                environment[parts[0]] = parts[1];
            }
        }

        return OptionsResolver.Resolve(commandLine, name => environment.GetValueOrDefault(name));
    }

    /// <summary>The message of the error that resolving ends in.</summary>
    public static string Error(params string[] given) => Assert.Throws<ConfigurationException>(() => From(given)).Message;

    /// <summary>The destination of spans of the only exporter.</summary>
    public static OtlpDestination Traces(params string[] given) => From(given).Options.Exporters.Single().Traces!;

    /// <summary>Where a setting came from.</summary>
    public static string Origin(ResolvedOptions resolved, string name) => resolved.Settings.First(setting => setting.Name.Split(' ')[0] == name).Origin;
}
