using System.Runtime.InteropServices;
using OpencodeOtel.Otlp.Model;

namespace OpencodeOtel.Pipeline.Configuration;

/// <summary>Makes the resource and the scope that everything is exported under.</summary>
public static class ResourceBuilder
{
    /// <summary>Gets the scope: <c>com.opencode</c> in our version.</summary>
    public static InstrumentationScope Scope { get; } = new() { Name = "com.opencode", Version = ProductInfo.Version };

    /// <summary>Builds the resource: what the program knows, under the attributes of <paramref name="options"/>.</summary>
    public static Resource Build(TelemetryOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        OrderedDictionary<string, string> attributes = new(StringComparer.Ordinal)
        {
            ["service.name"] = "opencode",
            ["app.version"] = ProductInfo.Version,
            ["os.type"] = OsType,
            ["host.arch"] = HostArch(RuntimeInformation.OSArchitecture),
            ["telemetry.distro.name"] = ProductInfo.Name,
            ["telemetry.distro.version"] = ProductInfo.Version,
        };
        foreach ((string key, string value) in options.ResourceAttributes)
        {
            attributes[key] = value;
        }

        return new Resource { Attributes = attributes.Select(attribute => new KeyValue(attribute.Key, attribute.Value)).ToArray() };
    }

    /// <summary>OpenTelemetry's word for an architecture; its list: <see href="https://opentelemetry.io/docs/specs/semconv/registry/attributes/host/"/>.</summary>
    internal static string HostArch(Architecture architecture) => architecture switch
    {
        Architecture.X64 => "amd64",
        Architecture.X86 => "x86",
        Architecture.Arm64 => "arm64",
        Architecture.Arm or Architecture.Armv6 => "arm32",
        Architecture.Ppc64le => "ppc64",
        Architecture.S390x => "s390x",
        _ => architecture.ToString().ToLowerInvariant(),
    };

    private static string OsType => OperatingSystem.IsWindows() ? "windows"
        : OperatingSystem.IsMacOS() ? "darwin"
        : OperatingSystem.IsFreeBSD() ? "freebsd"
        : "linux";
}
