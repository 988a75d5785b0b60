using OpencodeOtel.Pipeline.Configuration;

namespace OpencodeOtel.Pipeline.Tests.Configuration;

public class UntoldModelTests
{
    [Theory]
    [InlineData("acme/atlas-large", "acme/atlas-large")]
    [InlineData("router/acme/atlas-large", "router/acme/atlas-large")]
    [InlineData("  atlas-large ", "atlas-large")]
    public void A_model_is_taken_with_its_provider_or_alone(string typed, string model)
    {
        ResolvedOptions resolved = Resolving.From("--model " + typed, "--agent", "--agent build");
        Assert.Equal((model, "build"), (resolved.Options.UntoldModel, resolved.Options.UntoldAgent));
        Assert.Equal(("--model", "--agent"), (Resolving.Origin(resolved, "model"), Resolving.Origin(resolved, "agent")));
    }

    [Theory]
    [InlineData("acme/")]
    [InlineData("/atlas-large")]
    [InlineData("/")]
    public void Half_a_model_is_an_error_that_says_what_is_accepted(string typed)
    {
        string error = Resolving.Error("--model " + typed);
        Assert.Contains("--model", error, StringComparison.Ordinal);
        Assert.Contains($"'{typed}'", error, StringComparison.Ordinal);
        Assert.Contains("PROVIDER/MODEL", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Neither_is_unknown() =>
        Assert.All(["model", "agent"], name => Assert.Equal("unknown", Resolving.From().Settings.Single(setting => setting.Name == name).Value));
}
