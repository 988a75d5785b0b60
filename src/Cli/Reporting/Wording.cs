using System.Globalization;
using OpencodeOtel.Pipeline.Exporting;
using OpencodeOtel.Pipeline.Spooling;

namespace OpencodeOtel.Cli.Reporting;

/// <summary>Counts, sizes and fates in words.</summary>
internal static class Wording
{
    /// <summary>A number and a noun.</summary>
    public static string Count(long count, string one, string? many = null) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? one : many ?? one + "s")}");

    /// <summary>A size with a decimal unit.</summary>
    public static string Size(long bytes) => bytes switch
    {
        < 1000 => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1000.0:0.0} kB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1_000_000.0:0.0} MB"),
    };

    /// <summary>A fate, after a number.</summary>
    public static string Of(Fate fate) => fate switch
    {
        Fate.Delivered => "delivered",
        Fate.Rejected => "rejected by the server",
        Fate.Refused => "refused",
        Fate.TooLarge => "too large",
        Fate.Expired => "expired",
        Fate.Dropped => "dropped",
        _ => "spooled",
    };

    /// <summary>What cannot be read of a spool.</summary>
    public static string Of(SpoolDamage damage) => damage switch
    {
        { UnreadableBytes: 0 } => $"{Count(damage.Frames, "request")} with {Count(damage.Items, "record")}",
        { Frames: 0 } => $"{Count(damage.UnreadableBytes, "byte")} of unknown content",
        _ => $"{Count(damage.Frames, "request")} with {Count(damage.Items, "record")}, and {Count(damage.UnreadableBytes, "byte")} of unknown content",
    };
}
