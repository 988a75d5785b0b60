using OpencodeOtel.Pipeline.Configuration;
using OpencodeOtel.Pipeline.Enriching.Texts;

namespace OpencodeOtel.Pipeline.Enriching;

/// <summary>What every part of enriching works with.</summary>
internal sealed class EnrichingContext
{
    /// <summary>Makes it anew: no time, no texts, nothing counted.</summary>
    /// <param name="options">What to make, and with which attributes.</param>
    /// <param name="limits">The bounds.</param>
    /// <param name="time">The clock.</param>
    public EnrichingContext(TelemetryOptions options, EnrichingLimits limits, TimeProvider time)
    {
        Options = options;
        Limits = limits;
        Counts = new EnrichingCounts();
        Clock = new EventClock(time, options.UseEventClock, Counts);
        Scratch = new Utf8Scratch();
        Texts = new TextInterner(limits, Counts);
        Budget = new ContentBudget(limits, Counts);
    }

    /// <summary>Gets what to make, and with which attributes.</summary>
    public TelemetryOptions Options { get; }

    /// <summary>Gets the bounds.</summary>
    public EnrichingLimits Limits { get; }

    /// <summary>Gets how often each bound was hit.</summary>
    public EnrichingCounts Counts { get; }

    /// <summary>Gets the time.</summary>
    public EventClock Clock { get; }

    /// <summary>Gets or sets a value indicating whether events are told from documents, and may be said by the stream besides.</summary>
    public bool IsTelling { get; set; }

    /// <summary>Gets room for the texts of the signal in the making.</summary>
    public Utf8Scratch Scratch { get; }

    /// <summary>Gets the recurring texts.</summary>
    public TextInterner Texts { get; }

    /// <summary>Gets the room for captured content.</summary>
    public ContentBudget Budget { get; }
}
