using System.Globalization;
using System.Text;

namespace OpencodeOtel.Conformance.Items;

/// <summary>Writes <c>docs/conformance.md</c>: one line an item, so that changes of different items merge.</summary>
internal static class ConformancePage
{
    private const string Head = """
        # Conformance

        What OpenTelemetry's specifications ask of an OTLP exporter, and what the best exporters do beyond them, item by item, with the
        tests that prove each. This page is generated from the names of the tests; `CONTRIBUTING.md` says how.


        """;

    private const string Legend = """

        Levels: `must`, `should` and `may` are the specification's words; `extra` is in no specification. Sources: PROTO-SPEC is the
        [OTLP specification](https://github.com/open-telemetry/opentelemetry-proto/blob/v1.11.0/docs/specification.md), PROTO the
        [schema](https://github.com/open-telemetry/opentelemetry-proto/tree/v1.11.0/opentelemetry/proto), SPEC a page below
        [specification/](https://github.com/open-telemetry/opentelemetry-specification/tree/v1.60.0/specification). Tests are given as
        file below `tests/` and name.

        """;

    /// <summary>Renders the page.</summary>
    public static string Render(IReadOnlyList<ConformanceItem> items, IReadOnlyList<ItemTest> tests)
    {
        ILookup<int, ItemTest> proofs = tests
            .SelectMany(test => test.Numbers.Distinct(), (test, number) => (test, number))
            .ToLookup(pair => pair.number, pair => pair.test);
        var page = new StringBuilder(Head.ReplaceLineEndings("\n"));
        page.Append("| section | proved | does not apply | open |\n|---|---|---|---|\n");
        foreach ((char letter, string title) in ItemTable.Sections)
        {
            AppendCounts(page, $"{letter}. {title}", items.Where(item => item.Section == letter), proofs);
        }

        AppendCounts(page, "all", items, proofs);
        page.Append(Legend.ReplaceLineEndings("\n"));
        foreach ((char letter, string title) in ItemTable.Sections)
        {
            page.Append(CultureInfo.InvariantCulture, $"\n## {letter}. {title}\n\n| item | level | what | source | proved by |\n|---|---|---|---|---|\n");
            foreach (ConformanceItem item in items.Where(item => item.Section == letter))
            {
                page.Append(CultureInfo.InvariantCulture, $"| {item.Number} | {item.LevelName} | {item.Title} | {item.Source} | {State(item, proofs)} |\n");
            }
        }

        return page.ToString();
    }

    private static void AppendCounts(StringBuilder page, string title, IEnumerable<ConformanceItem> items, ILookup<int, ItemTest> proofs)
    {
        ConformanceItem[] counted = [.. items];
        int proved = counted.Count(item => item.Applies && proofs.Contains(item.Number));
        int notApplicable = counted.Count(item => !item.Applies);
        page.Append(CultureInfo.InvariantCulture, $"| {title} | {proved} | {notApplicable} | {counted.Length - proved - notApplicable} |\n");
    }

    private static string State(ConformanceItem item, ILookup<int, ItemTest> proofs) =>
        !item.Applies ? $"does not apply: {item.WhyNot}"
        : !proofs.Contains(item.Number) ? "**open**"
        : string.Join("<br>", proofs[item.Number].Select(test => $"`{test}`"));
}
