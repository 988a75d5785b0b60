using OpencodeOtel.Otlp.Model;

namespace OpencodeOtel.Pipeline.Configuration;

/// <summary>OpenTelemetry's variables of an OTLP exporter: each setting has one for all signals, and one of each signal that wins.</summary>
internal static class OtlpVariables
{
    private const string Prefix = "OTEL_EXPORTER_OTLP_";

    /// <summary>The signal's own variable, then the general one.</summary>
    /// <param name="signal">The signal.</param>
    /// <param name="setting">The last part of the name, such as <c>ENDPOINT</c>.</param>
    public static string[] Names(Signal signal, string setting) => [$"{Prefix}{signal.ToString().ToUpperInvariant()}_{setting}", Prefix + setting];

    /// <summary>Whether a value came from one of them: then OpenTelemetry's rules hold for its form.</summary>
    public static bool Gave(string origin) => origin.StartsWith(Prefix, StringComparison.Ordinal);
}
