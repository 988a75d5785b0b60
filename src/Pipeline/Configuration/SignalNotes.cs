using OpencodeOtel.Otlp.Model;

namespace OpencodeOtel.Pipeline.Configuration;

/// <summary>Collects what was resolved for each signal, and shows once what is the same for all.</summary>
internal sealed class SignalNotes
{
    private readonly List<(SettingDefinition Definition, Signal Signal, string Shown, string Origin)> _notes = [];

    /// <summary>Keeps one.</summary>
    public void Add(SettingDefinition definition, Signal signal, string shown, string origin) => _notes.Add((definition, signal, shown, origin));

    /// <summary>One line for a setting that is the same for all signals, else one for each.</summary>
    public void WriteTo(SettingSource source)
    {
        foreach (var setting in _notes.GroupBy(note => note.Definition))
        {
            bool same = setting.DistinctBy(note => (note.Shown, note.Origin)).Count() == 1;
            foreach (var note in same ? setting.Take(1) : setting)
            {
                source.Note(note.Definition, note.Shown, note.Origin, same ? null : note.Signal.ToString().ToLowerInvariant());
            }
        }
    }
}
