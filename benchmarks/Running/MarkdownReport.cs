using System.Globalization;
using System.Text;

namespace OpencodeOtel.Benchmarks.Running;

/// <summary>The results as a Markdown page: where ours stands against its targets, then a table for each question.</summary>
internal sealed class MarkdownReport(Machine machine, int rounds, int processes)
{
    private readonly StringBuilder _tables = new();
    private readonly StringBuilder _standing = new();
    private readonly string _loadAtStart = Machine.Load();

    /// <summary>Gets where the figures were taken.</summary>
    public Machine Machine { get; } = machine;

    /// <summary>Adds the figures of <paramref name="question"/>.</summary>
    public void Add(Question question, Func<Contestant, Measured> figures)
    {
        QuestionAttribute asked = Questions.Asked(question);
        IReadOnlyList<(Contestant Contestant, Measured Measured)> rows =
            [.. Questions.Contestants(question).Select(contestant => (contestant, figures(contestant)))];
        Measured baseline = rows.Single(row => row.Contestant.IsBaseline).Measured;
        StringBuilder table = _tables.AppendLine();
        table.AppendLine(Invariant($"## {question.GetType().Name}"));
        table.AppendLine();
        table.AppendLine(Invariant($"{asked.Text} Per {asked.Item}:"));
        table.AppendLine();
        table.AppendLine("| | best ns | median ns | bytes | allocated bytes | of the first row | 10 % – 90 % |");
        table.AppendLine("|---|---|---|---|---|---|---|");
        foreach ((Contestant contestant, Measured one) in rows)
        {
            table.AppendLine(Invariant(
                $"| {contestant.Title} | {one.Best:f1} | {one.Median:f1} | {one.BytesPerItem:f0} | {one.AllocatedPerItem:0.##} | {Range(one, baseline)} |"));
            AddTargets(contestant, one, rows);
        }

        table.AppendLine();
        table.AppendLine(asked.Includes.ReplaceLineEndings());
    }

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
            The machine may be shared, so times are of the processor, not of the clock, and are compared rather than trusted. In each
            of {processes} processes, after warm-up, all rows of a table run in turns: {rounds} rounds, in each of them one window of about 2 ms
            (one call at least) for each row, in changing order. A ratio is taken within a round; given are the median of the ratios of
            all processes and the range of the middle 80 % of them. Below 1 is faster than what it is compared with. Times are per
            item; allocation is the median window's, on the thread that runs.
            """));
        page.AppendLine();
        page.AppendLine("## Where it stands");
        page.AppendLine();
        page.AppendLine("| ours | against | asked: at most | is | 10 % – 90 % | |");
        page.AppendLine("|---|---|---|---|---|---|");
        page.Append(_standing);
        page.Append(_tables);
        return page.ToString();
    }

    private static string Range(Measured one, Measured other) =>
        Invariant($"{one.Ratio(other):0.00#} | {one.Ratio(other, 0.1):0.00#} – {one.Ratio(other, 0.9):0.00#}");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private void AddTargets(Contestant contestant, Measured one, IReadOnlyList<(Contestant Contestant, Measured Measured)> rows)
    {
        string question = contestant.Key.Split('.')[0];
        foreach (TargetAttribute target in contestant.Targets)
        {
            (Contestant against, Measured other) = rows.Single(row => row.Contestant.Method == target.Against);
            string verdict = one.Ratio(other) <= target.AtMost ? "met" : "**missed**";
            _standing.AppendLine(Invariant(
                $"| {question}: {contestant.Title} | {against.Title} | {target.AtMost} | {Range(one, other)} | {verdict} |"));
        }
    }
}
