using System.CommandLine;
using OpencodeOtel.Pipeline.Configuration;

namespace OpencodeOtel.Cli.Commands;

/// <summary>The options that stand for settings: made from the table of settings, read back for the resolver.</summary>
internal sealed class SettingOptions
{
    private readonly List<(SettingDefinition Definition, Option Option)> _options = [];

    /// <summary>Adds an option for each setting.</summary>
    public void AddTo(Command command)
    {
        foreach (SettingDefinition definition in SettingTable.All)
        {
            Option option = Create(definition);
            _options.Add((definition, option));
            command.Options.Add(option);
        }
    }

    /// <summary>The values that were typed, by option; a flag that stands alone has none.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Typed(ParseResult parsed)
    {
        var typed = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach ((SettingDefinition definition, Option option) in _options)
        {
            if (parsed.GetResult(option) is { Implicit: false } result)
            {
                typed[definition.Option] = [.. result.Tokens.Select(token => token.Value)];
            }
        }

        return typed;
    }

    private static Option Create(SettingDefinition definition)
    {
        string description = definition.Variable is null ? definition.Description : $"{definition.Description} [{definition.Variable}]";
        return definition.Kind switch
        {
            SettingKind.Flag => new Option<bool>(definition.Option) { Description = description },
            SettingKind.Value => new Option<string>(definition.Option) { Description = description, HelpName = definition.Argument },
            _ => new Option<string[]>(definition.Option) { Description = description, HelpName = definition.Argument },
        };
    }
}
