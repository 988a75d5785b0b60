using OpencodeOtel.Otlp.Model;

namespace OpencodeOtel.Pipeline.Enriching.State;

/// <summary>A tool call that does not run yet.</summary>
internal sealed class AnnouncedCall : Aged
{
    /// <summary>Gets or sets the tool.</summary>
    public OtlpString Tool { get; set; }
}
