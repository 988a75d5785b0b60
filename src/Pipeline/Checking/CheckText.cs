using System.Globalization;
using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Configuration;
using OpencodeOtel.Pipeline.Exporting;

namespace OpencodeOtel.Pipeline.Checking;

/// <summary>The words that checks share.</summary>
internal static class CheckText
{
    /// <summary>A time that was measured.</summary>
    public static string Elapsed(TimeSpan time) => time < TimeSpan.FromSeconds(1)
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0} ms")
        : string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s");

    /// <summary>The words for a limit that was hit.</summary>
    public static string NotWithin(TimeSpan limit) => string.Create(CultureInfo.InvariantCulture, $"not within {limit.TotalSeconds:0.###} s");

    /// <summary>A size with a decimal unit.</summary>
    public static string Size(long bytes) => bytes switch
    {
        < 1000 => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:0.0} kB"),
        < 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.0} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.0} GB"),
    };

    /// <summary>The option's word for a signal.</summary>
    public static string Of(Signal signal) => signal switch
    {
        Signal.Traces => "traces",
        Signal.Metrics => "metrics",
        _ => "logs",
    };

    /// <summary>The option's word for a protocol.</summary>
    public static string Of(OtlpProtocol protocol) => protocol switch
    {
        OtlpProtocol.Grpc => "grpc",
        OtlpProtocol.HttpJson => "http/json",
        _ => "http/protobuf",
    };

    /// <summary>A message of a sender, less the address that it begins with: that stands beside it.</summary>
    public static string Less(string? message, OtlpDestination destination)
    {
        string where = TransportFailure.Where(destination);
        return message is null ? "no reason given"
            : message.StartsWith(where, StringComparison.Ordinal) ? message[where.Length..].TrimStart(':', ' ')
            : message;
    }
}
