using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using BenchmarkDotNet.Attributes;
using Google.Protobuf;
using OpencodeOtel.Otlp;
using OpenTelemetry.Exporter;

namespace OpencodeOtel.Benchmarks.Running;

/// <summary>Where and when figures were taken, and with which versions.</summary>
/// <param name="Processor">The name that the processor gives itself.</param>
/// <param name="Cores">Logical cores.</param>
/// <param name="Date">The day, UTC.</param>
internal sealed partial record Machine(string Processor, int Cores, DateOnly Date)
{
    /// <summary>Gets the name of the results file: the processor's name in small letters, digits and hyphens.</summary>
    public string FileName => $"{NotInFileNames().Replace(Processor.ToLowerInvariant(), "-").Trim('-')}.md";

    /// <summary>This machine, now.</summary>
    public static Machine Current(TimeProvider time) =>
        new(ProcessorName(), Environment.ProcessorCount, DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime));

    /// <summary>The versions, as a line of a table each.</summary>
    public IEnumerable<KeyValuePair<string, string>> Facts() =>
    [
        new("processor", string.Create(CultureInfo.InvariantCulture, $"{Processor}, {Cores} logical cores")),
        new("system", $"{RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}"),
        new("runtime", RuntimeInformation.FrameworkDescription),
        new("opencode-otel", Version(typeof(ExportRequestBuilder))),
        new("OpenTelemetry.Exporter.OpenTelemetryProtocol", Version(typeof(OtlpTraceExporter))),
        new("Google.Protobuf", Version(typeof(IMessage))),
        new("BenchmarkDotNet", Version(typeof(BenchmarkAttribute))),
        new("date", Date.ToString("O", CultureInfo.InvariantCulture)),
    ];

    /// <summary>The load of the machine over the last minute, where the system tells.</summary>
    public static string Load() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";

    private static string Version(Type type) =>
        type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    private static string ProcessorName() => File.Exists("/proc/cpuinfo")
        ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim()
            ?? RuntimeInformation.ProcessArchitecture.ToString()
        : Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") ?? RuntimeInformation.ProcessArchitecture.ToString();

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex NotInFileNames();
}
