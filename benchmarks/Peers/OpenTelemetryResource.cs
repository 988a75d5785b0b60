using OpenTelemetry.Resources;

namespace OpencodeOtel.Benchmarks.Peers;

/// <summary>The resource of every request: ours is read back from what the exporter sent, so it is the same.</summary>
internal static class OpenTelemetryResource
{
    /// <summary>Four attributes, as a small service has.</summary>
    public static ResourceBuilder Builder => ResourceBuilder.CreateEmpty().AddAttributes(
    [
        new KeyValuePair<string, object>("service.name", "opencode"),
        new KeyValuePair<string, object>("service.version", "1.18.33"),
        new KeyValuePair<string, object>("os.type", "linux"),
        new KeyValuePair<string, object>("host.arch", "amd64"),
    ]);
}
