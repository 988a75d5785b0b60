namespace OpencodeOtel.EndToEnd.Support;

/// <summary>The recorded streams that the tests are built with.</summary>
public static class Recordings
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Recordings");

    /// <summary>Gets the names of the recordings of the bus and of the global shape.</summary>
    public static IEnumerable<string> BusAndGlobal => Names("*.event.sse").Concat(Names("*.global.sse"));

    /// <summary>Gets the names of the recordings of the run format.</summary>
    public static IEnumerable<string> Run => Names("*.run.ndjson");

    /// <summary>Gets the first part of the names of runs that were recorded in both shapes.</summary>
    public static IEnumerable<string> Pairs => Names("*.event.sse")
        .Select(name => name[..^".event.sse".Length])
        .Where(name => File.Exists(PathOf(name + ".global.sse")));

    /// <summary>Where a recording is.</summary>
    public static string PathOf(string name) => Path.Combine(Folder, name);

    /// <summary>The bytes of a recording.</summary>
    public static byte[] Read(string name) => File.ReadAllBytes(PathOf(name));

    private static IEnumerable<string> Names(string pattern) =>
        Directory.EnumerateFiles(Folder, pattern).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal);
}
