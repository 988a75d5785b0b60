using OpencodeOtel.Otlp.Model;

namespace OpencodeOtel.Pipeline.Enriching.State;

/// <summary>A request for permission that has no reply yet.</summary>
internal sealed class PermissionState : Aged
{
    /// <summary>Gets or sets what is asked for.</summary>
    public OtlpString Type { get; set; }

    /// <summary>Gets or sets the title of the older form, else the tool; empty when neither is known.</summary>
    public OtlpString Tool { get; set; }

    /// <summary>Gets or sets the key of the call that asks.</summary>
    public IdHash Call { get; set; }
}
