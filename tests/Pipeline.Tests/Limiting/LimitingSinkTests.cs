using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Configuration;
using OpencodeOtel.Pipeline.Limiting;

namespace OpencodeOtel.Pipeline.Tests.Limiting;

/// <summary>OpenTelemetry's limits of spans and log records.</summary>
public class LimitingSinkTests
{
    private readonly KeepingSink _kept = new();
    private int _warnings;

    [Fact]
    public void Item_131_What_is_beyond_a_count_is_dropped_and_counted_on_each_level()
    {
        LimitingSink sink = Sink(new SignalLimits { SpanAttributes = 3, SpanEvents = 2, SpanLinks = 1, EventAttributes = 4, LinkAttributes = 0 });

        sink.Emit(new Span
        {
            Attributes = Attributes(5),
            DroppedAttributesCount = 10,
            Events = new SpanEvent[] { new() { Attributes = Attributes(6) }, new() { Attributes = Attributes(4), DroppedAttributesCount = 1 }, default },
            DroppedEventsCount = 20,
            Links = new SpanLink[] { new() { Attributes = Attributes(2), DroppedAttributesCount = 3 }, default, default },
            DroppedLinksCount = 30,
        });

        Assert.Equal(["key0", "key1", "key2"], Keys(_kept.Span.Attributes));
        Assert.Equal((12u, 21u, 32u), (_kept.Span.DroppedAttributesCount, _kept.Span.DroppedEventsCount, _kept.Span.DroppedLinksCount));
        Assert.Equal([(4, 2u), (4, 1u)], _kept.Span.Events.ToArray().Select(one => (one.Attributes.Length, one.DroppedAttributesCount)));
        Assert.Equal([(0, 5u)], _kept.Span.Links.ToArray().Select(one => (one.Attributes.Length, one.DroppedAttributesCount)));
        Assert.Equal([new("attributes dropped by limits", 2 + 2 + 2), new("events and links dropped by limits", 1 + 2)], sink.Bounds);
    }

    [Fact]
    public void Without_settings_128_of_each_stay()
    {
        LimitingSink sink = Sink(new SignalLimits());

        sink.Emit(new Span
        {
            Attributes = Attributes(130),
            Events = Enumerable.Repeat(new SpanEvent { Attributes = Attributes(130) }, 130).ToArray(),
            Links = Enumerable.Repeat(new SpanLink { Attributes = Attributes(130) }, 130).ToArray(),
        });
        sink.Emit(new LogRecord { Attributes = Attributes(130) });

        Assert.Equal((128, 128, 128, 128), (_kept.Span.Attributes.Length, _kept.Span.Events.Length, _kept.Span.Links.Length, _kept.Log.Attributes.Length));
        Assert.All(_kept.Span.Events.ToArray(), one => Assert.Equal((128, 2u), (one.Attributes.Length, one.DroppedAttributesCount)));
        Assert.All(_kept.Span.Links.ToArray(), one => Assert.Equal((128, 2u), (one.Attributes.Length, one.DroppedAttributesCount)));
    }

    [Theory]
    [InlineData(5, 5, 0u)]
    [InlineData(6, 5, 1u)]
    [InlineData(4, 4, 0u)]
    public void Item_143_The_dropped_count_of_a_log_record_is_exact(int given, int kept, uint dropped)
    {
        Sink(new SignalLimits { LogAttributes = 5 }).Emit(new LogRecord { Attributes = Attributes(given) });

        Assert.Equal((kept, dropped), (_kept.Log.Attributes.Length, _kept.Log.DroppedAttributesCount));
    }

    public static TheoryData<string, AnyValue, AnyValue> Lengths => new()
    {
        { "a text", "abcd", "abc" },
        { "a short text", "abc", "abc" },
        { "a text in UTF-8", OtlpString.Transcode("abcd"), "abc" },
        { "characters of several bytes", OtlpString.Transcode("äö€😀"), "äö€" },
        { "characters of several bytes that fit", OtlpString.Transcode("€😀€"), "€😀€" },
        { "surrogate pairs", "😀😀😀😀", "😀😀😀" },
        { "bytes", AnyValue.FromBytes([1, 2, 3, 4]), AnyValue.FromBytes([1, 2, 3]) },
        { "a number", 123_456L, 123_456L },
        { "a double", 1.234_567, 1.234_567 },
        { "a truth value", true, true },
        { "nothing", default, default },
        { "an array", AnyValue.FromArray("abcd", 12_345L, "abc"), AnyValue.FromArray("abc", 12_345L, "abc") },
        {
            "a map, but not its keys",
            AnyValue.FromList(new KeyValue("long key", "abcd"), new KeyValue("deeper", AnyValue.FromArray(AnyValue.FromBytes([1, 2, 3, 4])))),
            AnyValue.FromList(new KeyValue("long key", "abc"), new KeyValue("deeper", AnyValue.FromArray(AnyValue.FromBytes([1, 2, 3]))))
        },
    };

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Item_132_A_length_cuts_texts_by_character_and_bytes_by_byte_at_any_depth_and_drops_nothing(string what, AnyValue given, AnyValue expected)
    {
        LimitingSink sink = Sink(new SignalLimits { SpanValueLength = 3, LogValueLength = 3 });
        KeyValue[] attributes = [new("a long key", given)];

        sink.Emit(new Span { Attributes = attributes, Events = new SpanEvent[] { new() { Attributes = attributes } }, Links = new SpanLink[] { new() { Attributes = attributes } } });
        Assert.Equal([new KeyValue("a long key", expected)], _kept.Span.Attributes.ToArray());
        Assert.Equal([new KeyValue("a long key", expected)], _kept.Span.Events.Span[0].Attributes.ToArray());
        Assert.Equal([new KeyValue("a long key", expected)], _kept.Span.Links.Span[0].Attributes.ToArray());

        sink.Emit(new LogRecord { Attributes = attributes });
        Assert.Equal([new KeyValue("a long key", expected)], _kept.Log.Attributes.ToArray());
        Assert.Equal((0u, 0u, 0), (_kept.Span.DroppedAttributesCount, _kept.Log.DroppedAttributesCount, _warnings));
        Assert.Equal(given == expected ? 0 : 4, sink.Bounds.Sum(bound => bound.Value));
        Assert.Equal(given, attributes[0].Value); // What was given is not changed.
        Assert.NotEmpty(what);
    }

    [Fact]
    public void A_length_of_zero_leaves_empty_texts()
    {
        Sink(new SignalLimits { SpanValueLength = 0 }).Emit(new Span { Attributes = new KeyValue[] { new("a", "b") } });

        Assert.Equal("", _kept.Span.Attributes.Span[0].Value.Text.ToString());
    }

    [Fact]
    public void Item_134_A_count_is_of_attributes_and_not_of_what_is_inside_them()
    {
        KeyValue[] attributes = [new("list", AnyValue.FromList(Attributes(9))), new("array", AnyValue.FromArray("a", "b", "c"))];

        Sink(new SignalLimits { SpanAttributes = 2 }).Emit(new Span { Attributes = attributes });

        Assert.Equal(attributes, _kept.Span.Attributes.ToArray());
        Assert.Equal(0u, _kept.Span.DroppedAttributesCount);
    }

    [Fact]
    public void Item_135_There_is_one_message_however_much_is_dropped()
    {
        LimitingSink sink = Sink(new SignalLimits { SpanAttributes = 1, SpanLinks = 0, LogAttributes = 1 });

        for (int round = 0; round < 3; round++)
        {
            sink.Emit(new Span { Attributes = Attributes(5), Links = new SpanLink[2] });
            sink.Emit(new LogRecord { Attributes = Attributes(5) });
        }

        Assert.Equal(1, _warnings);
    }

    [Fact]
    public void What_was_dropped_before_is_told_and_not_counted_again()
    {
        LimitingSink sink = Sink(new SignalLimits());

        sink.Emit(new Span { DroppedAttributesCount = 7 });

        Assert.Equal((7u, 1), (_kept.Span.DroppedAttributesCount, _warnings));
        Assert.Empty(sink.Bounds);
    }

    [Fact]
    public void Item_142_A_body_is_any_value_and_no_limit_touches_it()
    {
        AnyValue body = AnyValue.FromList(new KeyValue("text", "abcdef"), new KeyValue("bytes", AnyValue.FromBytes([1, 2, 3])));

        Sink(new SignalLimits { LogAttributes = 0, LogValueLength = 1 }).Emit(new LogRecord { Body = body, Attributes = Attributes(1) });

        Assert.Equal(body, _kept.Log.Body);
        Assert.Equal((0, 1u), (_kept.Log.Attributes.Length, _kept.Log.DroppedAttributesCount));
    }

    [Fact]
    public void Measurements_and_the_ends_of_sessions_pass()
    {
        LimitingSink sink = Sink(new SignalLimits { SpanAttributes = 0, LogAttributes = 0 });

        sink.Record(default);
        sink.SessionEnded("ses_1");

        Assert.Equal((1, "ses_1"), (_kept.Measurements, _kept.EndedSession.ToString()));
    }

    [Fact]
    public void Spans_and_records_cost_no_allocation_also_when_values_are_cut()
    {
        LimitingSink sink = Sink(new SignalLimits { SpanValueLength = 3, LogValueLength = 3 });
        KeyValue[] attributes = [new("key", OtlpString.Transcode("abcdef")), new("other", 1L)];
        var span = new Span { Attributes = attributes, Links = new SpanLink[1] };
        var record = new LogRecord { Attributes = attributes };
        Emit();

        long before = GC.GetAllocatedBytesForCurrentThread();
        Emit();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Emit()
        {
            for (int round = 0; round < 1000; round++)
            {
                sink.Emit(in span);
                sink.Emit(in record);
            }
        }
    }

    private LimitingSink Sink(SignalLimits limits) => new(_kept, limits, () => _warnings++);

    private static KeyValue[] Attributes(int count) => [.. Enumerable.Range(0, count).Select(number => new KeyValue($"key{number}", "v"))];

    private static IEnumerable<string> Keys(ReadOnlyMemory<KeyValue> attributes) => attributes.ToArray().Select(attribute => attribute.Key.ToString());
}
