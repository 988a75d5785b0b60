using CsCheck;
using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Aggregating;

namespace OpencodeOtel.Pipeline.Tests.Aggregating;

public class SeriesKeyTests
{
    private static readonly Gen<AnyValue> Values = Gen.OneOf(
        Gen.String[Gen.Char["abé😀"], 0, 40].Select(text => (AnyValue)text),
        Gen.String[Gen.Char["abé"], 0, 40].Select(text => (AnyValue)OtlpString.Transcode(text)),
        Gen.Long[0, 3].Select(AnyValue.FromInt),
        Gen.Bool.Select(AnyValue.FromBool),
        Gen.Double[0, 1].Select(AnyValue.FromDouble));

    private static readonly Gen<KeyValue[]> Sets = Gen.Dictionary(Gen.Int[0, 5], Values)[0, 5]
        .Select(map => map.Select(entry => new KeyValue($"k{entry.Key}", entry.Value)).ToArray());

    [Fact]
    public void Sets_match_whatever_their_order_and_the_form_of_their_texts() =>
        Gen.Select(Sets, Gen.Int).Sample((set, seed) =>
        {
            KeyValue[] other = [.. SeriesKey.Freeze(set).Attributes];
            new Random(seed).Shuffle(other);
            return SeriesKey.Matches(set, other)
                && SeriesKey.Matches(other, set)
                && SeriesKey.Hash(set) == SeriesKey.Hash(other);
        });

    [Fact]
    public void Sets_match_exactly_when_their_contents_are_equal() =>
        Gen.Select(Sets, Sets).Sample((left, right) =>
        {
            bool equal = left.Length == right.Length && left.All(one => right.Any(other => one == other));
            return SeriesKey.Matches(left, right) == equal;
        });

    [Fact]
    public void A_kept_set_is_utf8_and_no_longer_the_callers_array()
    {
        KeyValue[] given = [new("key", "value"), new("n", 1)];

        ReadOnlySpan<KeyValue> kept = SeriesKey.Freeze(given).Attributes;
        given[0] = default;

        Assert.Equal(new KeyValue("key", "value"), kept[0]);
        Assert.True(kept[0].Key.IsUtf8 && kept[0].Value.Text.IsUtf8);
    }
}
