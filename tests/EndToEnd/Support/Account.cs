using System.Text.Json;

namespace OpencodeOtel.EndToEnd.Support;

/// <summary>The JSON report of a run, as a machine reads it.</summary>
public sealed class Account
{
    private readonly JsonElement _root;

    private Account(JsonElement root) => _root = root;

    /// <summary>Gets the whole document.</summary>
    public JsonElement Root => _root;

    /// <summary>Reads a report.</summary>
    public static Account Parse(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return new Account(document.RootElement.Clone());
    }

    /// <summary>A count of <c>events</c>.</summary>
    public long Events(string name) => _root.GetProperty("events").GetProperty(name).GetInt64();

    /// <summary>The records made of a signal.</summary>
    public long Records(string signal) => _root.GetProperty("records").GetProperty(signal).GetInt64();

    /// <summary>One fate of the records of a signal, at the only exporter.</summary>
    public long Fate(string signal, string fate) => _root.GetProperty("fate").GetProperty(signal).GetProperty(fate).GetInt64();

    /// <summary>The sum over the fates of a signal, at the only exporter.</summary>
    public long FateTotal(string signal) =>
        _root.GetProperty("fate").GetProperty(signal).EnumerateObject().Sum(fate => fate.Value.GetInt64());
}
