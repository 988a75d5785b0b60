using System.Text.Json;

namespace OpencodeOtel.Pipeline.Exporting.Terminal;

/// <summary>What the console keeps of a span until its tree is complete.</summary>
internal sealed class SpanLine
{
    private const int ErrorStatus = 2;

    // The proto's span flags: whether it is known that the parent is remote, and whether it is.
    private const int RemoteParentFlags = 0x300;

    private SpanLine(JsonElement span)
    {
        TraceId = span.String("traceId");
        SpanId = span.String("spanId");
        string parent = span.String("parentSpanId");
        IsRoot = parent.Length == 0 || ((int)span.Number("flags") & RemoteParentFlags) == RemoteParentFlags;
        ParentId = parent;
        Start = span.Nanoseconds("startTimeUnixNano");
        ulong end = span.Nanoseconds("endTimeUnixNano");
        Milliseconds = end > Start ? (end - Start) / 1e6 : 0;
        Name = span.String("name");
        JsonElement status = span.Member("status");
        Failed = status.Number("code") == ErrorStatus;
        OrderedDictionary<string, AttributeText> attributes = span.Attributes();
        Kind = Text(attributes, "openinference.span.kind");
        SessionId = Text(attributes, "session.id");
        Tokens = Number(attributes, "llm.token_count.total") ?? Number(attributes, "session.total_tokens") ?? 0;
        Cost = Number(attributes, "llm.cost.total") ?? Number(attributes, "session.total_cost_usd") ?? 0;
        Detail = Describe(attributes, status.String("message"));
    }

    /// <summary>Gets the trace.</summary>
    public string TraceId { get; }

    /// <summary>Gets the id.</summary>
    public string SpanId { get; }

    /// <summary>Gets the id of the parent; empty for none.</summary>
    public string ParentId { get; }

    /// <summary>Gets a value indicating whether its parent, if any, is of another process.</summary>
    public bool IsRoot { get; }

    /// <summary>Gets the start, in nanoseconds since 1970.</summary>
    public ulong Start { get; }

    /// <summary>Gets the length.</summary>
    public double Milliseconds { get; }

    /// <summary>Gets the name.</summary>
    public string Name { get; }

    /// <summary>Gets a value indicating whether its status is an error.</summary>
    public bool Failed { get; }

    /// <summary>Gets what it stands for: <c>AGENT</c>, <c>LLM</c> or <c>TOOL</c>.</summary>
    public string Kind { get; }

    /// <summary>Gets the session.</summary>
    public string SessionId { get; }

    /// <summary>Gets the tokens of a step, or of a whole session.</summary>
    public double Tokens { get; }

    /// <summary>Gets the cost of a step, or of a whole session, in dollars.</summary>
    public double Cost { get; }

    /// <summary>Gets what else is worth a line.</summary>
    public string Detail { get; }

    /// <summary>Reads a span.</summary>
    public static SpanLine Read(JsonElement span) => new(span);

    private string Describe(OrderedDictionary<string, AttributeText> attributes, string statusMessage)
    {
        List<string> words = [];
        Add(Kind == "LLM" ? Text(attributes, "llm.model_name") : Kind == "AGENT" ? Text(attributes, "agent.name") : string.Empty);
        if (Kind == "LLM")
        {
            AddCount("in", Number(attributes, "llm.token_count.prompt"));
            AddCount("out", Number(attributes, "llm.token_count.completion"));
            AddCount("cached", Number(attributes, "llm.token_count.prompt_details.cache_read"));
        }
        else if (Tokens > 0)
        {
            Add($"{Show.Number(Tokens)} tokens");
        }

        Add(Cost > 0 ? Show.Money(Cost) : string.Empty);
        Add(Number(attributes, "tool.result_size_bytes") is { } size ? Show.Size(size) : string.Empty);
        Add(Failed ? Show.Text(statusMessage) : string.Empty);
        return string.Join("  ", words);

        void Add(string word)
        {
            if (word.Length > 0)
            {
                words.Add(Show.Text(word));
            }
        }

        void AddCount(string what, double? count)
        {
            if (count > 0)
            {
                Add($"{what} {Show.Number(count.Value)}");
            }
        }
    }

    private static string Text(OrderedDictionary<string, AttributeText> attributes, string key) => attributes.TryGetValue(key, out AttributeText value) ? value.Text : string.Empty;

    private static double? Number(OrderedDictionary<string, AttributeText> attributes, string key) => attributes.TryGetValue(key, out AttributeText value) ? value.Number : null;
}
