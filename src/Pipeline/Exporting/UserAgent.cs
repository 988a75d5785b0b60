using OpencodeOtel.Pipeline.Configuration;

namespace OpencodeOtel.Pipeline.Exporting;

/// <summary>What the exporter calls itself, in RFC 9110 product form, the distribution first.</summary>
internal static class UserAgent
{
    /// <summary>The value of the header.</summary>
    public const string Value = $"{ProductInfo.Name}/{ProductInfo.Version} OTel-OTLP-Exporter-CSharp/{ProductInfo.Version}";
}
