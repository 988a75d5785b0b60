using OpencodeOtel.Pipeline.Configuration;

namespace OpencodeOtel.Pipeline.Tests.Configuration;

public sealed class SpoolReaderTests
{
    [Fact]
    public void There_is_no_spool_unless_one_is_named()
    {
        TelemetryOptions options = Resolving.From().Options;

        Assert.Null(options.SpoolDirectory);
        Assert.Equal(512L * 1024 * 1024, options.SpoolLimitBytes);
        Assert.Equal(TimeSpan.FromDays(7), options.SpoolMaxAge);
    }

    [Fact]
    public void The_directory_comes_from_the_option_before_the_variable_and_is_absolute()
    {
        Assert.Equal("/var/spool/x", Resolving.From("OPENCODE_OTLP_SPOOL=/var/spool/x").Options.SpoolDirectory);
        Assert.Equal(Path.GetFullPath("here"), Resolving.From("--spool here").Options.SpoolDirectory);
    }

    [Theory]
    [InlineData("90s", 90)]
    [InlineData("12h", 43_200)]
    [InlineData("3d", 259_200)]
    [InlineData("365d", 31_536_000)]
    [InlineData("1000", 1)]
    public void An_age_is_read(string text, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Resolving.From($"--spool-max-age {text}").Options.SpoolMaxAge);

    [Theory]
    [InlineData("0")]
    [InlineData("0d")]
    [InlineData("366d")]
    [InlineData("d")]
    [InlineData("-1d")]
    [InlineData("week")]
    public void A_bad_age_is_an_error_that_says_what_is_accepted(string text)
    {
        ConfigurationException error = Assert.Throws<ConfigurationException>(() => Resolving.From($"--spool-max-age {text}"));

        Assert.Equal($"--spool-max-age is '{text}'; it must be a time such as 90s, 12h or 7d, and at most 365d", error.Message);
    }

    [Fact]
    public void A_limit_too_small_for_anything_is_an_error() =>
        Assert.Throws<ConfigurationException>(() => Resolving.From("--spool-limit 1KiB"));
}
