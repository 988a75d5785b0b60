using System.Globalization;
using System.Text;

namespace OpencodeOtel.Benchmarks.Running;

/// <summary>The results as a Markdown page: where ours stands against its targets, then a table for each question.</summary>
internal sealed class MarkdownReport(Machine machine, int rounds)
{
    private readonly StringBuilder _tables = new();
    private readonly StringBuilder _standing = new();
    private readonly string _loadAtStart = Machine.Load();

    /// <summary>Gets where the figures were taken.</summary>
    public Machine Machine { get; } = machine;

    /// <summary>Adds the figures of <paramref name="question"/>.</summary>
    /// <returns>Its section of the page.</returns>
    public string Add(Question question, IReadOnlyList<Measured> measured)
    {
        QuestionAttribute asked = Questions.Asked(question);
        Measured baseline = measured.Single(one => one.Contestant.IsBaseline);
        StringBuilder table = new();
        table.AppendLine(Invariant($"## {question.GetType().Name}"));
        table.AppendLine();
        table.AppendLine(Invariant($"{asked.Text} Per {asked.Item}:"));
        table.AppendLine();
        table.AppendLine("| | best ns | median ns | bytes | allocated bytes | of the first row | 10 % – 90 % |");
        table.AppendLine("|---|---|---|---|---|---|---|");
        foreach (Measured one in measured)
        {
            table.AppendLine(Invariant(
                $"| {one.Contestant.Title} | {one.Best:f1} | {one.Median:f1} | {one.BytesPerItem:f0} | {one.AllocatedPerItem:0.##} | {Range(one, baseline)} |"));
            AddTargets(one, measured);
        }

        table.AppendLine();
        table.AppendLine(asked.Includes.ReplaceLineEndings());
        _tables.AppendLine().Append(table);
        return table.ToString();
    }

    /// <summary>The table of the targets.</summary>
    public string Standing() => $"""
        | ours | against | asked: at most | is | 10 % – 90 % | |
        |---|---|---|---|---|---|
        {_standing}
        """;

    /// <summary>The whole page.</summary>
    public string Document()
    {
        StringBuilder page = new();
        page.AppendLine(Invariant($"# Results on {Machine.Processor}"));
        page.AppendLine();
        page.AppendLine("Written by `dotnet run -c Release --project benchmarks -- ratios`; do not edit.");
        page.AppendLine();
        page.AppendLine("| | |");
        page.AppendLine("|---|---|");
        foreach ((string what, string value) in Machine.Facts())
        {
            page.AppendLine(Invariant($"| {what} | {value} |"));
        }

        page.AppendLine(Invariant($"| load average, start and end | {_loadAtStart}, {Machine.Load()} |"));
        page.AppendLine();
        page.AppendLine(Invariant($"""
            The machine may be shared, so times are compared, not trusted. In one process, after warm-up, all rows of a table run in
            turns: {rounds} rounds, in each of them one window of about a millisecond (one call at least) for each row, in changing order. A ratio is
            taken within a round; given are the median of the ratios and the range of the middle 80 % of them. Below 1 is faster than
            what it is compared with. Times are per item, allocation is the median window's, on the thread that runs.
            """));
        page.AppendLine();
        page.AppendLine("## Where it stands");
        page.AppendLine();
        page.Append(Standing());
        page.Append(_tables);
        return page.ToString();
    }

    private static string Range(Measured one, Measured other) =>
        Invariant($"{one.Ratio(other):0.00#} | {one.Ratio(other, 0.1):0.00#} – {one.Ratio(other, 0.9):0.00#}");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private void AddTargets(Measured one, IReadOnlyList<Measured> measured)
    {
        foreach (TargetAttribute target in one.Contestant.Targets)
        {
            Measured other = measured.Single(candidate => candidate.Contestant.Method == target.Against);
            string verdict = one.Ratio(other) <= target.AtMost ? "met" : "**missed**";
            _standing.AppendLine(Invariant(
                $"| {one.Contestant.Key.Split('.')[0]}: {one.Contestant.Title} | {other.Contestant.Title} | {target.AtMost} | {Range(one, other)} | {verdict} |"));
        }
    }
}
