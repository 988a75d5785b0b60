namespace OpencodeOtel.Pipeline.Enriching;

/// <summary>How often each bound of <see cref="EnrichingLimits"/> was hit.</summary>
internal sealed class EnrichingCounts
{
    /// <summary>Gets or sets sessions that were dropped while a run was open: the run was ended.</summary>
    public long SessionsEnded { get; set; }

    /// <summary>Gets or sets sessions that were dropped between runs: of a late part of the last run it is not known that it is late.</summary>
    public long SessionsForgotten { get; set; }

    /// <summary>Gets or sets sessions of which not even a little is kept any more: heard of again, they are new.</summary>
    public long PastSessionsForgotten { get; set; }

    /// <summary>Gets or sets assistant messages whose span was ended for want of room.</summary>
    public long MessagesEnded { get; set; }

    /// <summary>Gets or sets tool calls whose span was ended for want of room.</summary>
    public long CallsEnded { get; set; }

    /// <summary>Gets or sets user messages that were forgotten.</summary>
    public long PromptsForgotten { get; set; }

    /// <summary>Gets or sets requests for permission that were forgotten: a reply finds no tool.</summary>
    public long PermissionsForgotten { get; set; }

    /// <summary>Gets or sets calls that were announced and forgotten before they ran: a permission does not find their tool.</summary>
    public long AnnouncedCallsForgotten { get; set; }

    /// <summary>Gets or sets runs that were named before their user message was seen, because too many finished calls waited for it.</summary>
    public long RunsNamedEarly { get; set; }

    /// <summary>Gets or sets event times that were too far ahead of all others to be believed at once.</summary>
    public long LeapsOfTime { get; set; }

    /// <summary>Gets or sets finished messages and calls that were forgotten: a repetition would count again.</summary>
    public long IdsForgotten { get; set; }

    /// <summary>Gets or sets how often the recurring texts were forgotten, all at once.</summary>
    public long TextsForgotten { get; set; }

    /// <summary>Gets or sets names that were cut to the longest that is kept.</summary>
    public long TextsCut { get; set; }

    /// <summary>Gets or sets events with an id that is too long, which were ignored.</summary>
    public long IdsTooLong { get; set; }

    /// <summary>Gets or sets parts of messages that were not told apart any more, and left out.</summary>
    public long PartsIgnored { get; set; }

    /// <summary>Gets or sets captured contents that were left out for want of room.</summary>
    public long ContentDropped { get; set; }

    /// <summary>Gets or sets attributes that spans had no room for.</summary>
    public long AttributesDropped { get; set; }

    /// <summary>The bounds that were hit, by name.</summary>
    public IReadOnlyList<KeyValuePair<string, long>> ToList() =>
    [
        .. new KeyValuePair<string, long>[]
        {
            new("sessions ended", SessionsEnded),
            new("sessions forgotten", SessionsForgotten),
            new("past sessions forgotten", PastSessionsForgotten),
            new("messages ended", MessagesEnded),
            new("tool calls ended", CallsEnded),
            new("prompts forgotten", PromptsForgotten),
            new("permissions forgotten", PermissionsForgotten),
            new("runs named early", RunsNamedEarly),
            new("announced calls forgotten", AnnouncedCallsForgotten),
            new("finished ids forgotten", IdsForgotten),
            new("recurring texts forgotten", TextsForgotten),
            new("names cut", TextsCut),
            new("ids too long", IdsTooLong),
            new("message parts ignored", PartsIgnored),
            new("contents left out", ContentDropped),
            new("span attributes dropped", AttributesDropped),
            new("event times far ahead", LeapsOfTime),
        }.Where(bound => bound.Value > 0),
    ];
}
