using OpencodeOtel.Pipeline.Configuration;

namespace OpencodeOtel.Pipeline.Tests.Configuration;

public class TraceContextReaderTests
{
    private const string Trace = "0af7651916cd43dd8448eb211c80319c";
    private const string Span = "b7ad6b7169203331";

    [Theory]
    [InlineData($"00-{Trace}-{Span}-01", 0x01)]
    [InlineData($"00-{Trace}-{Span}-00", 0x00)]
    [InlineData($"00-{Trace}-{Span}-03", 0x03)]
    [InlineData($" 00-{Trace}-{Span}-01 ", 0x01)]
    [InlineData($"01-{Trace}-{Span}-01", 0x01)]
    [InlineData($"01-{Trace}-{Span}-ff", 0x01)] // Only the sampled bit is known of a later version.
    [InlineData($"cc-{Trace}-{Span}-01-what-the-future-will-be-like", 0x01)]
    [InlineData($"cc-{Trace}-{Span}-01-", 0x01)]
    public void A_valid_parent_is_read(string text, byte flags)
    {
        RemoteParent parent = Assert.IsType<RemoteParent>(TraceContextReader.Read(text));
        Assert.Equal(Trace, parent.TraceId.ToString());
        Assert.Equal(Span, parent.SpanId.ToString());
        Assert.Equal(flags, parent.Flags);
        Assert.Null(parent.TraceState);
    }

    [Theory]
    [InlineData("")]
    [InlineData("00")]
    [InlineData($"00-{Trace}-{Span}")]
    [InlineData($"00-{Trace}-{Span}-1")]
    [InlineData($"00-{Trace}-{Span}-01-")]
    [InlineData($"00-{Trace}-{Span}-01.")]
    [InlineData($"00-{Trace}-{Span}-011")]
    [InlineData($"cc-{Trace}-{Span}-01.what")]
    [InlineData($"ff-{Trace}-{Span}-01")]
    [InlineData($"0-{Trace}-{Span}-011")]
    [InlineData($".0-{Trace}-{Span}-01")]
    [InlineData($"00-{Trace}-{Span}-.1")]
    [InlineData($"00-{Trace}-{Span}-0G")]
    [InlineData($"00-0AF7651916CD43DD8448EB211C80319C-{Span}-01")]
    [InlineData($"00-{Trace}-B7AD6B7169203331-01")]
    [InlineData($"00-00000000000000000000000000000000-{Span}-01")]
    [InlineData($"00-{Trace}-0000000000000000-01")]
    [InlineData($"00_{Trace}_{Span}_01")]
    [InlineData($"00-{Trace}x{Span}-01")]
    public void An_invalid_parent_is_none(string text) => Assert.Null(TraceContextReader.Read(text));

    [Fact]
    public void An_invalid_parent_warns_with_its_length_only()
    {
        ResolvedOptions resolved = Resolving.From("OPENCODE_TRACEPARENT=SECRET", "OPENCODE_TRACESTATE=a=b");
        Assert.Null(resolved.Options.RemoteParent);
        Assert.Equal("OPENCODE_TRACEPARENT (6 characters) is not a valid W3C traceparent and is ignored", Assert.Single(resolved.Warnings));
    }

    [Fact]
    public void A_parent_that_is_not_sampled_is_kept_and_said_once()
    {
        ResolvedOptions resolved = Resolving.From($"OPENCODE_TRACEPARENT=00-{Trace}-{Span}-00");
        Assert.False(resolved.Options.RemoteParent!.IsSampled);
        Assert.Contains("not sampled", Assert.Single(resolved.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void The_plain_variables_serve_when_the_products_is_unset_and_states_are_not_mixed()
    {
        string[] plain = [$"TRACEPARENT=00-{Trace}-{Span}-01", "TRACESTATE=p=1"];
        Assert.Equal("p=1", Resolving.From(plain).Options.RemoteParent!.TraceState);

        RemoteParent own = Resolving.From([.. plain, $"OPENCODE_TRACEPARENT=00-{Trace}-1111111111111111-01"]).Options.RemoteParent!;
        Assert.Equal("1111111111111111", own.SpanId.ToString());
        Assert.Null(own.TraceState);
    }
}
