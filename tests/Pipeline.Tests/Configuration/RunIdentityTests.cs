using OpencodeOtel.Pipeline.Configuration;

namespace OpencodeOtel.Pipeline.Tests.Configuration;

public class RunIdentityTests
{
    public static TheoryData<string, string, string> Models => new()
    {
        { "acme/atlas-large", "acme", "atlas-large" },
        { "router/acme/atlas-large", "router", "acme/atlas-large" },
        { "atlas-large", "", "atlas-large" },
        { "  acme/atlas-large ", "acme", "atlas-large" },
    };

    [Theory]
    [MemberData(nameof(Models))]
    public void A_model_is_split_at_its_first_slash(string typed, string provider, string model)
    {
        ResolvedOptions resolved = Resolving.From("--model " + typed);
        Assert.Equal(new RunIdentity(provider, model, ""), resolved.Options.Run);
        Assert.Equal("--model", Resolving.Origin(resolved, "model"));
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
    public void An_agent_is_taken_as_it_is()
    {
        ResolvedOptions resolved = Resolving.From("--agent", "--agent build");
        Assert.Equal(new RunIdentity("", "", "build"), resolved.Options.Run);
        Assert.Equal("--agent", Resolving.Origin(resolved, "agent"));
    }

    [Fact]
    public void Neither_is_unknown()
    {
        ResolvedOptions resolved = Resolving.From();
        Assert.Equal(RunIdentity.Unknown, resolved.Options.Run);
        Assert.All(["model", "agent"], name => Assert.Equal("unknown", resolved.Settings.Single(setting => setting.Name == name).Value));
    }
}
