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

    /// <summary>Gets what the second interface says of sessions of the first: their beginning, until it closes.</summary>
    public static IEnumerable<string> ApiOfTheFirstInterface => Directory.EnumerateFiles(Path.Combine(Folder, "second-interface"), "*.api-event.sse")
        .Select(path => "second-interface/" + Path.GetFileName(path))
        .Except(SecondInterface)
        .Order(StringComparer.Ordinal);

    public static IEnumerable<string> Hook => Names("*.plugin.ndjson");

    /// <summary>Gets the first part of the names of runs that were recorded in both shapes.</summary>
    public static IEnumerable<string> Pairs => Bus
        .Select(name => name[..^".event.sse".Length])
        .Where(name => File.Exists(Path.Combine(Folder, name + ".global.sse")));

    /// <summary>Gets all recordings, those of the second interface too.</summary>
    public static IEnumerable<string> Everything => All.Concat(SecondInterface).Concat(ApiOfTheFirstInterface);

    public static string PathOf(string name) => Path.Combine(Folder, name);

    public static byte[] Read(string name) => File.ReadAllBytes(PathOf(name));

    private static IEnumerable<string> Names(string pattern) =>
        Directory.EnumerateFiles(Folder, pattern).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);
}
