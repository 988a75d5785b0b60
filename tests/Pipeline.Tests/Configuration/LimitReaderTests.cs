using OpencodeOtel.Pipeline.Configuration;
using static OpencodeOtel.Pipeline.Tests.Configuration.Resolving;

namespace OpencodeOtel.Pipeline.Tests.Configuration;

public class LimitReaderTests
{
    public static TheoryData<string, string, SignalLimits> Variables => new()
    {
        { "OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT", "--span-attribute-limit", new SignalLimits { SpanAttributes = 7 } },
        { "OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT", "--span-value-limit", new SignalLimits { SpanValueLength = 7 } },
        { "OTEL_SPAN_EVENT_COUNT_LIMIT", "--span-event-limit", new SignalLimits { SpanEvents = 7 } },
        { "OTEL_SPAN_LINK_COUNT_LIMIT", "--span-link-limit", new SignalLimits { SpanLinks = 7 } },
        { "OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT", "--event-attribute-limit", new SignalLimits { EventAttributes = 7 } },
        { "OTEL_LINK_ATTRIBUTE_COUNT_LIMIT", "--link-attribute-limit", new SignalLimits { LinkAttributes = 7 } },
        { "OTEL_LOGRECORD_ATTRIBUTE_COUNT_LIMIT", "--log-attribute-limit", new SignalLimits { LogAttributes = 7 } },
        { "OTEL_LOGRECORD_ATTRIBUTE_VALUE_LENGTH_LIMIT", "--log-value-limit", new SignalLimits { LogValueLength = 7 } },
        { "OTEL_ATTRIBUTE_COUNT_LIMIT", "", new SignalLimits { SpanAttributes = 7, LogAttributes = 7 } },
        { "OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT", "", new SignalLimits { SpanValueLength = 7, LogValueLength = 7 } },
    };

    [Theory]
    [MemberData(nameof(Variables))]
    public void Item_090_Each_limit_has_a_variable_and_an_option_that_beats_it(string variable, string option, SignalLimits expected)
    {
        ResolvedOptions resolved = From($"{variable}=7");
        Assert.Equal(expected, resolved.Options.Limits);
        Assert.Contains(resolved.Settings, setting => setting.Origin == variable && setting.Value == "7");
        Assert.Empty(resolved.Warnings);
        if (option.Length > 0)
        {
            Assert.Equal(expected, From($"{option} 7", $"{variable}=8").Options.Limits);
        }
    }

    [Fact]
    public void Item_090_Counts_are_128_and_lengths_have_no_limit_by_default()
    {
        SignalLimits limits = From().Options.Limits;
        Assert.All(
            [limits.SpanAttributes, limits.SpanEvents, limits.SpanLinks, limits.EventAttributes, limits.LinkAttributes, limits.LogAttributes],
            count => Assert.Equal(128, count));
        Assert.Equal((SignalLimits.NoLimit, SignalLimits.NoLimit), (limits.SpanValueLength, limits.LogValueLength));
    }

    [Fact]
    public void The_limit_of_a_signal_beats_the_one_for_all()
    {
        SignalLimits limits = From("OTEL_ATTRIBUTE_COUNT_LIMIT=1", "OTEL_LOGRECORD_ATTRIBUTE_COUNT_LIMIT=2").Options.Limits;
        Assert.Equal((1, 2), (limits.SpanAttributes, limits.LogAttributes));
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("many")]
    [InlineData("2147483648")]
    public void A_limit_that_is_no_number_warns_and_counts_as_unset(string text)
    {
        ResolvedOptions resolved = From($"OTEL_SPAN_LINK_COUNT_LIMIT={text}");
        Assert.Equal(128, resolved.Options.Limits.SpanLinks);
        Assert.Equal($"OTEL_SPAN_LINK_COUNT_LIMIT is '{text}'; it must be an integer from 0 to 2147483647, and is ignored", Assert.Single(resolved.Warnings));
    }
}
