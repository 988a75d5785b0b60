using System.Text;
using CsCheck;
using OpencodeOtel.Otlp.Model;

namespace OpencodeOtel.Otlp.Tests.Model;

public class ContentEqualityTests
{
    private static readonly Gen<string> Texts = Gen.String[Gen.OneOf(Gen.Char['a', 'c'], Gen.Char['é', 'ë'], Gen.Char['\u4e00', '\u4e02']), 0, 300];

    private static readonly AnyValue[] Different =
    [
        default(AnyValue),
        string.Empty,
        "1",
        true,
        false,
        0L,
        1L,
        0.0,
        -0.0,
        1.0,
        double.NaN,
        AnyValue.FromBytes([]),
        AnyValue.FromBytes([49]),
        AnyValue.FromArray(),
        AnyValue.FromArray(1L),
        AnyValue.FromArray("1"),
        AnyValue.FromList(),
        AnyValue.FromList(new KeyValue("1", 1L)),
        AnyValue.FromList(new KeyValue("1", "1")),
    ];

    [Fact]
    public void Texts_are_equal_exactly_when_their_characters_are() =>
        Gen.Select(Texts, Texts, Gen.Bool).Sample((left, other, same) =>
        {
            string right = same ? new string(left) : other;
            OtlpString[] lefts = [left, OtlpString.Transcode(left), Shifted(left)];
            OtlpString[] rights = [right, OtlpString.Transcode(right), Shifted(right)];
            bool expected = string.Equals(left, right, StringComparison.Ordinal);
            return lefts.All(one => rights.All(two => one == two == expected && (!expected || one.GetHashCode() == two.GetHashCode())));
        });

    [Fact]
    public void A_lone_surrogate_equals_the_replacement_that_is_encoded()
    {
        OtlpString lone = "a\ud800b";

        Assert.Equal(OtlpString.Transcode("a\ufffdb"), lone);
        Assert.Equal(OtlpString.Transcode("a\ufffdb").GetHashCode(), lone.GetHashCode());
    }

    [Fact]
    public void The_default_text_is_the_empty_text()
    {
        Assert.Equal(OtlpString.Transcode(string.Empty), default);
        Assert.Equal(OtlpString.Transcode(string.Empty).GetHashCode(), default(OtlpString).GetHashCode());
    }

    [Fact]
    public void A_value_equals_itself_and_no_other() =>
        Assert.All(Different, value =>
        {
            Assert.Single(Different, other => other == value);
            Assert.Single(Different, other => new KeyValue("k", other) == new KeyValue(OtlpString.Transcode("k"), value));
            Assert.NotEqual(new KeyValue("k", value), new KeyValue("l", value));
        });

    [Fact]
    public void Equal_contents_in_other_objects_are_equal_and_hash_equal()
    {
        (AnyValue Left, AnyValue Right)[] pairs =
        [
            (AnyValue.FromBytes([1, 2]), AnyValue.FromBytes([1, 2])),
            (AnyValue.FromArray("a", 1L), AnyValue.FromArray(OtlpString.Transcode("a"), 1L)),
            (AnyValue.FromList(new KeyValue("a", 1L)), AnyValue.FromList(new KeyValue(OtlpString.Transcode("a"), 1L))),
        ];

        Assert.All(pairs, pair =>
        {
            Assert.Equal(pair.Left, pair.Right);
            Assert.Equal(pair.Left.GetHashCode(), pair.Right.GetHashCode());
            Assert.Equal(new KeyValue("k", pair.Left).GetHashCode(), new KeyValue(OtlpString.Transcode("k"), pair.Right).GetHashCode());
        });
    }

    /// <summary>The text's UTF-8 somewhere within a larger array.</summary>
    private static OtlpString Shifted(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes("xx" + text + "yy");
        return OtlpString.WrapValidUtf8(bytes, 2, bytes.Length - 4);
    }
}
