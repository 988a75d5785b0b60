using System.Text.Json;

namespace OpencodeOtel.Pipeline.Exporting.Terminal;

/// <summary>Keeps spans until the root of their trace has ended, then writes the trace as a tree.</summary>
/// <remarks>
/// At most 10,000 spans are kept; beyond that the trace that was begun first is written as far as it is known. Spans that come after
/// their root, or whose root never ends, are written at the end.
/// </remarks>
internal sealed class TraceTrees(TextWriter writer, Style style)
{
    private const int MaxSpans = 10_000;
    private const int MaxDepth = 64;
    private const int MaxIdShown = 8;

    private readonly OrderedDictionary<string, List<SpanLine>> _open = new(StringComparer.Ordinal);
    private int _count;

    /// <summary>Takes the spans of a request and writes the traces that they complete.</summary>
    public void Write(JsonElement request)
    {
        HashSet<string> complete = [];
        foreach (JsonElement span in OtlpElements.Records(request, "resourceSpans", "scopeSpans", "spans"))
        {
            SpanLine line = SpanLine.Read(span);
            if (!_open.TryGetValue(line.TraceId, out List<SpanLine>? spans))
            {
                _open.Add(line.TraceId, spans = []);
            }

            spans.Add(line);
            _count++;
            if (line.IsRoot)
            {
                complete.Add(line.TraceId);
            }
        }

        foreach (string trace in complete)
        {
            WriteTrace(trace, "trace");
        }

        while (_count > MaxSpans)
        {
            WriteTrace(_open.GetAt(0).Key, "trace (part)");
        }
    }

    /// <summary>Writes what is left.</summary>
    public void WriteRest()
    {
        while (_open.Count > 0)
        {
            WriteTrace(_open.GetAt(0).Key, "trace (root not seen)");
        }
    }

    private void WriteTrace(string trace, string title)
    {
        List<SpanLine> spans = _open[trace];
        _open.Remove(trace);
        _count -= spans.Count;
        spans.Sort((left, right) => left.Start.CompareTo(right.Start));

        Dictionary<string, SpanLine> byId = new(StringComparer.Ordinal);
        foreach (SpanLine span in spans)
        {
            byId.TryAdd(span.SpanId, span);
        }

        ILookup<string, SpanLine> children = spans.ToLookup(span => HasParent(span) ? span.ParentId : string.Empty, StringComparer.Ordinal);
        SpanLine[] top = [.. children[string.Empty]];
        writer.WriteLine($"{style.Bold(title)} {style.Dim(Show.Text(trace.Length > MaxIdShown ? trace[..MaxIdShown] : trace))}{Summary(spans)}");
        HashSet<SpanLine> written = [];
        WriteLevel(top, string.Empty, 0);

        // Parents that go round in a circle have no top; their spans are written all the same.
        WriteLevel([.. spans.Where(span => !written.Contains(span))], string.Empty, MaxDepth);

        bool HasParent(SpanLine span) => !span.IsRoot && span.ParentId != span.SpanId && byId.ContainsKey(span.ParentId);

        void WriteLevel(SpanLine[] level, string indent, int depth)
        {
            for (int index = 0; index < level.Length; index++)
            {
                SpanLine span = level[index];
                if (!written.Add(span))
                {
                    continue;
                }

                bool last = index == level.Length - 1;
                writer.WriteLine($"{style.Dim(indent + (last ? "└─ " : "├─ "))}{Line(span)}");
                if (depth < MaxDepth && span.SpanId.Length > 0 && ReferenceEquals(byId[span.SpanId], span))
                {
                    WriteLevel([.. children[span.SpanId]], indent + (last ? "   " : "│  "), depth + 1);
                }
            }
        }
    }

    private string Line(SpanLine span)
    {
        string mark = span.Failed ? style.Bad("✗") : style.Good("✓");
        string detail = span.Failed ? style.Bad(span.Detail) : span.Detail;
        return $"{mark} {style.Name(Show.Text(span.Name))}  {style.Bold(Show.Duration(span.Milliseconds))}  {detail}".TrimEnd();
    }

    private static string Summary(List<SpanLine> spans)
    {
        SpanLine[] steps = [.. spans.Where(span => span.Kind == "LLM")];
        int tools = spans.Count(span => span.Kind == "TOOL");
        int failed = spans.Count(span => span.Failed);
        List<string> words = [];
        string session = spans.Find(span => span.IsRoot)?.SessionId ?? spans[0].SessionId;
        if (session.Length > 0)
        {
            words.Add(Show.Text(session));
        }

        AddCount(steps.Length, "step");
        AddCount(tools, "tool call");
        if (steps.Length > 0)
        {
            words.Add($"{Show.Number(steps.Sum(step => step.Tokens))} tokens");
            words.Add(Show.Money(steps.Sum(step => step.Cost)));
        }

        if (failed > 0)
        {
            words.Add($"{Show.Number(failed)} failed");
        }

        return words.Count == 0 ? string.Empty : " · " + string.Join(" · ", words);

        void AddCount(int count, string what)
        {
            if (count > 0)
            {
                words.Add($"{Show.Number(count)} {what}{(count == 1 ? string.Empty : "s")}");
            }
        }
    }
}
