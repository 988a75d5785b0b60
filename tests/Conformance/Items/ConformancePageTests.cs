using System.Reflection;

namespace OpencodeOtel.Conformance.Items;

/// <summary>The page says what the tests say. To write it anew: see <c>CONTRIBUTING.md</c>.</summary>
public sealed class ConformancePageTests
{
    private const string WriteVariable = "WRITE_CONFORMANCE";

    private static readonly string Root = typeof(ConformancePageTests).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "RepositoryRoot").Value!;

    private static readonly IReadOnlyList<ConformanceItem> Items = ItemTable.Read();
    private static readonly IReadOnlyList<ItemTest> Tests = TestSources.Read(Path.Combine(Root, "tests"));

    [Fact]
    public void The_page_is_what_the_names_of_the_tests_say()
    {
        string path = Path.Combine(Root, "docs", "conformance.md");
        string expected = ConformancePage.Render(Items, Tests);
        if (!string.IsNullOrEmpty(Environment.GetEnvironmentVariable(WriteVariable)))
        {
            File.WriteAllText(path, expected);
        }

        string committed = File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : "";
        string[] differing = [.. expected.Split('\n').Except(committed.Split('\n')).Take(5)];
        Assert.True(
            committed == expected,
            $"docs/conformance.md is not what the tests' names say; write it anew with {WriteVariable}=1. First lines that differ:\n{string.Join('\n', differing)}");
    }

    [Fact]
    public void The_items_are_numbered_without_a_gap_and_each_is_in_a_section()
    {
        Assert.Equal(Enumerable.Range(1, 195), Items.Select(item => item.Number));
        Assert.Equal(ItemTable.Sections.Select(section => section.Letter), Items.Select(item => item.Section).Distinct());
        Assert.All(Items, item =>
        {
            Assert.NotEmpty(item.LevelName);
            Assert.NotEmpty(item.Title);
            Assert.NotEmpty(item.Source);
        });
    }

    [Fact]
    public void No_test_names_an_item_that_there_is_not_or_one_that_does_not_apply()
    {
        Dictionary<int, ConformanceItem> known = Items.ToDictionary(item => item.Number);
        Assert.All(Tests, test => Assert.All(test.Numbers, number =>
        {
            Assert.True(known.TryGetValue(number, out ConformanceItem? item), $"{test} names item {number}, which there is not");
            Assert.True(item.Applies, $"{test} proves item {number}, of which the table says: {item.WhyNot}");
        }));
    }

    [Fact]
    public void A_test_that_names_an_item_runs() => Assert.All(Tests, test => Assert.False(test.IsSkipped, $"{test} is skipped"));

    [Theory]
    [InlineData("    [Fact]\n    public void Item_007_A_sentence()\n", "7", false)]
    [InlineData("    public async Task Items_007_011_195_A_sentence(int at)\n", "7 11 195", false)]
    [InlineData("    public static void Item_001_A_sentence() =>\n", "1", false)]
    [InlineData("    [Theory(Skip = \"no\")]\n    [InlineData(1)]\n    public void Item_007_A_sentence(int at)\n", "7", true)]
    [InlineData("    public void Items_of_a_kind()\n", "", false)]
    [InlineData("    private static void Item_007_A_part()\n", "", false)]
    public void A_test_names_its_items_by_three_digits_each(string source, string expected, bool skipped)
    {
        ItemTest[] found = [.. TestSources.Find(source, "file")];
        Assert.Equal(expected, string.Join(' ', found.SelectMany(test => test.Numbers)));
        Assert.All(found, test => Assert.Equal(skipped, test.IsSkipped));
    }

    [Fact]
    public void An_item_is_proved_open_or_does_not_apply()
    {
        string page = ConformancePage.Render(
            [
                new ConformanceItem(1, 'A', 'M', "One", "here", ""),
                new ConformanceItem(2, 'A', 'S', "Two", "here", ""),
                new ConformanceItem(3, 'A', 'O', "Three", "here", "there is none"),
            ],
            [new ItemTest([1], "a/B", "Item_001_x", false), new ItemTest([1], "c/D", "Item_001_y", false)]);
        Assert.Contains("| A. gRPC transport | 1 | 1 | 1 |\n", page, StringComparison.Ordinal);
        Assert.Contains("| 1 | must | One | here | `a/B: Item_001_x`<br>`c/D: Item_001_y` |\n", page, StringComparison.Ordinal);
        Assert.Contains("| 2 | should | Two | here | **open** |\n", page, StringComparison.Ordinal);
        Assert.Contains("| 3 | may | Three | here | does not apply: there is none |\n", page, StringComparison.Ordinal);
    }
}
