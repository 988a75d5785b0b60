using System.Globalization;
using System.Text.RegularExpressions;

namespace OpencodeOtel.Conformance.Items;

/// <summary>Finds the tests that name an item, in the sources of all test projects, so that the tests of a project not built here count, too.</summary>
internal static partial class TestSources
{
    /// <summary>Reads the methods of every source file below a folder, in an order that depends on names alone.</summary>
    public static IReadOnlyList<ItemTest> Read(string folder) =>
    [
        .. Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Select(path => (Path: path, Name: Path.GetRelativePath(folder, path).Replace('\\', '/')))
            .Where(file => !file.Name.Contains("/obj/", StringComparison.Ordinal) && !file.Name.Contains("/bin/", StringComparison.Ordinal))
            .OrderBy(file => file.Name, StringComparer.Ordinal)
            .SelectMany(file => Find(File.ReadAllText(file.Path), file.Name[..^".cs".Length])),
    ];

    /// <summary>Reads the methods of one source text, sorted by name.</summary>
    public static IEnumerable<ItemTest> Find(string source, string file) =>
        from Match method in Method().Matches(source).OrderBy(method => method.Groups["name"].Value, StringComparer.Ordinal)
        select new ItemTest(
            [.. method.Groups["number"].Captures.Select(number => int.Parse(number.Value, CultureInfo.InvariantCulture))],
            file,
            method.Groups["name"].Value,
            method.Groups["attributes"].Value.Contains("Skip", StringComparison.Ordinal));

    /// <summary>A public method that starts with <c>Item_007_</c> or <c>Items_007_008_</c>, and the attributes above it.</summary>
    [GeneratedRegex(@"(?<attributes>(?:^[ \t]*\[[^\n]*\n)*)^[ \t]*public (?:static |async |void |Task )+(?<name>Items?(?:_(?<number>\d{3}))+_\w*)\(", RegexOptions.Multiline)]
    private static partial Regex Method();
}
