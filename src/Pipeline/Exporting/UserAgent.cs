using OpencodeOtel.Pipeline.Configuration;

namespace OpencodeOtel.Pipeline.Exporting;

/// <summary>What the exporter calls itself, in RFC 9110 product form, the distribution first; or what a header of the destination says.</summary>
internal static class UserAgent
{
    /// <summary>The header, in lower case.</summary>
    public const string Name = "user-agent";

    private const string Ours = $"{ProductInfo.Name}/{ProductInfo.Version} OTel-OTLP-Exporter-CSharp/{ProductInfo.Version}";

    /// <summary>The value for a destination.</summary>
    public static string Of(OtlpDestination destination)
    {
        foreach ((string name, Secret value) in destination.Headers)
        {
            if (name.Equals(Name, StringComparison.OrdinalIgnoreCase))
            {
                return value.Reveal();
            }
        }

        return Ours;
    }
}
