using System.Runtime.InteropServices;
using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Configuration;

namespace OpencodeOtel.Pipeline.Tests.Configuration;

public class ResourceBuilderTests
{
    [Fact]
    public void The_resource_says_what_runs_and_attributes_go_over_it()
    {
        TelemetryOptions options = new() { ResourceAttributes = [new("service.name", "mine"), new("team", "x")] };
        Dictionary<string, string> attributes = Read(ResourceBuilder.Build(options));
        Assert.Equal("mine", attributes["service.name"]);
        Assert.Equal("x", attributes["team"]);
        Assert.Equal("opencode-otel", attributes["telemetry.distro.name"]);
        Assert.Equal(ProductInfo.Version, attributes["telemetry.distro.version"]);
        Assert.Equal(ProductInfo.Version, attributes["app.version"]);
        Assert.Contains($" {attributes["os.type"]} ", " linux darwin windows freebsd ", StringComparison.Ordinal);
        Assert.NotEmpty(attributes["host.arch"]);
        Assert.Equal(7, attributes.Count);
    }

    [Fact]
    public void The_service_is_opencode_by_default() => Assert.Equal("opencode", Read(ResourceBuilder.Build(new TelemetryOptions()))["service.name"]);

    [Theory]
    [InlineData(Architecture.X64, "amd64")]
    [InlineData(Architecture.Arm64, "arm64")]
    [InlineData(Architecture.Arm, "arm32")]
    [InlineData(Architecture.X86, "x86")]
    public void Architectures_have_opentelemetrys_names(Architecture architecture, string name) => Assert.Equal(name, ResourceBuilder.HostArch(architecture));

    [Fact]
    public void The_scope_is_ours()
    {
        Assert.Equal("com.opencode", ResourceBuilder.Scope.Name.ToString());
        Assert.Equal(ProductInfo.Version, ResourceBuilder.Scope.Version.ToString());
    }

    private static Dictionary<string, string> Read(Resource resource) =>
        resource.Attributes.ToArray().ToDictionary(attribute => attribute.Key.ToString(), attribute => attribute.Value.Text.ToString());
}
