namespace OpencodeOtel.Pipeline.Configuration;

/// <summary>Looks settings up in order of precedence, and keeps what is to be said about them.</summary>
internal sealed class SettingSource(
    IReadOnlyDictionary<string, IReadOnlyList<string>> commandLine,
    Func<string, string?> environment)
{
    private readonly List<Setting> _settings = [];
    private readonly List<string> _warnings = [];

    /// <summary>Tries to make a value of a text.</summary>
    public delegate bool Parser<T>(FoundValue found, out T value);

    /// <summary>Gets what was resolved.</summary>
    public IReadOnlyList<Setting> Settings => _settings;

    /// <summary>Gets what was ignored.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>
    /// All values of a setting, the strongest first: the option, its variable, then <paramref name="fallbacks"/>. An empty value is
    /// none, except for the metric prefix on a command line, where it means no prefix.
    /// </summary>
    public IEnumerable<FoundValue> Candidates(SettingDefinition definition, params string[] fallbacks)
    {
        if (commandLine.TryGetValue(definition.Option, out IReadOnlyList<string>? typed)
            && (definition.Kind != SettingKind.Value || definition == SettingTable.MetricPrefix || typed.Any(text => !string.IsNullOrWhiteSpace(text))))
        {
            yield return new FoundValue(typed, definition.Option, true);
        }

        foreach (string variable in definition.Variable is null ? fallbacks : [definition.Variable, .. fallbacks])
        {
            if (Variable(variable) is { } text)
            {
                yield return new FoundValue([text], variable, false);
            }
        }
    }

    /// <summary>The strongest value of a setting.</summary>
    public FoundValue? Find(SettingDefinition definition, params string[] fallbacks)
    {
        foreach (FoundValue found in Candidates(definition, fallbacks))
        {
            return found;
        }

        return null;
    }

    /// <summary>The text of a variable; <see langword="null"/> when it is unset or empty.</summary>
    public string? Variable(string name) => environment(name) is { Length: > 0 } text && !string.IsNullOrWhiteSpace(text) ? text : null;

    /// <summary>An OpenTelemetry truth value: only <c>true</c>, in any case, is true.</summary>
    public bool Truth(string name)
    {
        string? text = Variable(name)?.Trim();
        bool value = string.Equals(text, "true", StringComparison.OrdinalIgnoreCase);
        if (text is not null && !value && !string.Equals(text, "false", StringComparison.OrdinalIgnoreCase))
        {
            Warn($"{name} is '{ShownText.Of(text)}', which is neither true nor false; it counts as false");
        }

        return value;
    }

    /// <summary>
    /// The strongest usable value of a setting. A bad one is an error when it was typed; in a variable it is a warning, and counts
    /// as unset.
    /// </summary>
    /// <param name="definition">The setting.</param>
    /// <param name="fallback">The default.</param>
    /// <param name="parse">Makes a value of a text, or says that it is bad.</param>
    /// <param name="accepted">What is accepted, for the message.</param>
    /// <param name="fallbacks">Variables that serve when the setting itself is unset.</param>
    public (T Value, string Origin) Read<T>(SettingDefinition definition, T fallback, Parser<T> parse, string accepted, params string[] fallbacks)
    {
        foreach (FoundValue found in Candidates(definition, fallbacks))
        {
            if (parse(found, out T value))
            {
                return (value, found.Origin);
            }

            string problem = $"{found.Origin} is '{ShownText.Of(found.Text)}'; it must be {accepted}";
            if (found.FromCommandLine)
            {
                throw new ConfigurationException(problem);
            }

            Warn($"{problem}, and is ignored");
        }

        return (fallback, "default");
    }

    /// <summary>Keeps a resolved setting for show.</summary>
    public void Note(SettingDefinition definition, string shown, string origin, string? signal = null)
    {
        string name = definition.Option[2..];
        _settings.Add(new Setting(signal is null ? name : $"{name} ({signal})", ShownText.Of(shown), origin));
    }

    /// <summary>Keeps a warning, unless it was said for another signal already.</summary>
    public void Warn(string sentence)
    {
        if (!_warnings.Contains(sentence))
        {
            _warnings.Add(sentence);
        }
    }
}
