namespace OpencodeOtel.Pipeline.Configuration;

/// <summary>Who works in the run format, which does not say it: used for the attributes of its sessions, and of no others.</summary>
/// <param name="Provider">The provider of the model; empty when not known.</param>
/// <param name="Model">The model; empty when not known.</param>
/// <param name="Agent">The agent; empty when not known.</param>
public sealed record RunIdentity(string Provider, string Model, string Agent)
{
    /// <summary>Gets the one of which nothing is known.</summary>
    public static RunIdentity Unknown { get; } = new(string.Empty, string.Empty, string.Empty);

    /// <summary>Reads what a person says of a run.</summary>
    /// <exception cref="ConfigurationException">The model cannot be used.</exception>
    internal static RunIdentity Read(SettingSource source)
    {
        ((string provider, string model), string modelOrigin) = source.Read(
            SettingTable.Model,
            (Provider: string.Empty, Model: string.Empty),
            (FoundValue found, out (string Provider, string Model) value) => TrySplit(found.Text, out value),
            "PROVIDER/MODEL as opencode takes it, or MODEL alone");
        FoundValue? agent = source.Find(SettingTable.Agent);
        source.Note(SettingTable.Model, model.Length == 0 ? "unknown" : provider.Length == 0 ? model : $"{provider}/{model}", modelOrigin);
        source.Note(SettingTable.Agent, agent?.Text ?? "unknown", agent?.Origin ?? "default");
        return new RunIdentity(provider, model, agent?.Text ?? string.Empty);
    }

    // The first slash separates: the name of a model may hold others.
    private static bool TrySplit(string text, out (string Provider, string Model) value)
    {
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        value = slash < 0 ? (string.Empty, text) : (text[..slash], text[(slash + 1)..]);
        return value.Model.Length > 0 && slash != 0;
    }
}
