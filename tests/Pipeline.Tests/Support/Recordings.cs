namespace OpencodeOtel.Pipeline.Tests.Support;

/// <summary>The recorded streams that the tests are built with.</summary>
internal static class Recordings
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Recordings");

    public static IEnumerable<string> All => Names("*");

    public static IEnumerable<string> Bus => Names("*.event.sse");

    public static IEnumerable<string> Run => Names("*.run.ndjson");

    /// <summary>Gets the four recordings of one session of the second interface, which are apart because it has its own events.</summary>
    public static IEnumerable<string> SecondInterface { get; } =
        [.. from shape in (string[])["event", "global", "api-event", "api-session-event"] select $"second-interface/12-v2-api.{shape}.sse"];

    /// <summary>Gets the first part of the names of runs that were recorded in both shapes.</summary>
    public static IEnumerable<string> Pairs => Bus
        .Select(name => name[..^".event.sse".Length])
        .Where(name => File.Exists(Path.Combine(Folder, name + ".global.sse")));

    public static byte[] Read(string name) => File.ReadAllBytes(Path.Combine(Folder, name));

    private static IEnumerable<string> Names(string pattern) =>
        Directory.EnumerateFiles(Folder, pattern).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);
}
