namespace OpencodeOtel.Pipeline.Configuration;

/// <summary>What this program is.</summary>
public static partial class ProductInfo
{
    /// <summary>The name of the distribution.</summary>
    public const string Name = "opencode-otel";
}
