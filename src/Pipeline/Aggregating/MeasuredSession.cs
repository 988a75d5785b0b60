using OpencodeOtel.Otlp.Model;

namespace OpencodeOtel.Pipeline.Aggregating;

/// <summary>A session that series belong to.</summary>
/// <param name="id">The value of its series' <c>session.id</c>.</param>
internal sealed class MeasuredSession(OtlpString id)
{
    /// <summary>Gets the id.</summary>
    public OtlpString Id { get; } = id;

    /// <summary>Gets or sets when one of its series was last measured, in Unix milliseconds.</summary>
    public long LastMeasured { get; set; }

    /// <summary>Gets or sets how many series it has, over all metrics.</summary>
    public int Series { get; set; }

    /// <summary>Gets or sets a value indicating whether its series are to be retired after the next collection.</summary>
    public bool IsOver { get; set; }
}
