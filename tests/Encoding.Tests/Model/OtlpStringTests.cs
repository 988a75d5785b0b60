using System.Text;
using CsCheck;
using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Otlp.Tests.Random;

namespace OpencodeOtel.Otlp.Tests.Model;

/// <summary>A text is the same in both of its forms.</summary>
public sealed class OtlpStringTests
{
    [Fact]
    public void Both_forms_of_a_text_are_equal_and_read_the_same() => RandomValues.Text.Sample(text =>
    {
        string valid = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
        OtlpString characters = valid;
        OtlpString bytes = OtlpString.Transcode(text);
        Assert.Equal(valid, bytes.ToString());
        Assert.True(characters == bytes && bytes == characters && !(bytes != characters));
        Assert.Equal(characters.GetHashCode(), bytes.GetHashCode());
        Assert.Equal(text.Length == 0, bytes.IsEmpty);
        Assert.True(bytes.IsUtf8 && !characters.IsUtf8);
        Assert.Equal(bytes, AnyValue.FromText(bytes).Text);
        Assert.Equal(characters, AnyValue.FromText(characters).Text);
    });

    [Fact]
    public void A_part_of_a_buffer_is_a_text()
    {
        byte[] buffer = "before text after"u8.ToArray();
        OtlpString part = OtlpString.WrapValidUtf8(buffer, 7, 4);
        Assert.Equal("text", part.ToString());
        Assert.Equal("text", AnyValue.FromText(part).Text.ToString());
    }

    [Fact]
    public void The_default_is_the_empty_text()
    {
        Assert.True(default(OtlpString).IsEmpty);
        Assert.False(default(OtlpString).IsUtf8);
        Assert.Equal("", default(OtlpString).ToString());
        Assert.Equal(default, OtlpString.FromString(null));
        Assert.Equal(default, OtlpString.FromUtf8([]));
        Assert.Equal(AnyValueKind.Empty, ((AnyValue)(string?)null).Kind);
    }

    [Fact]
    public void Invalid_bytes_become_replacement_characters() =>
        Gen.Byte.Array[0, 20].Sample(bytes => Assert.Equal(Encoding.UTF8.GetString(bytes), OtlpString.FromUtf8(bytes).ToString()));

    [Fact]
    public void A_text_is_cut_after_so_many_characters_in_both_forms() =>
        Gen.Select(RandomValues.Text.Where(text => text.Length < 400), Gen.Int[0, 60]).Sample((text, most) =>
        {
            OtlpString utf8 = OtlpString.Transcode(text);
            bool isLonger = utf8.TryCut(most, out OtlpString cut);
            int count = utf8.ToString().EnumerateRunes().Count();
            Assert.Equal(count > most, isLonger);
            Assert.Equal(string.Concat(utf8.ToString().EnumerateRunes().Take(most)), cut.ToString());

            // A lone surrogate is one character in either form.
            Assert.Equal(isLonger, new OtlpString(text).TryCut(most, out OtlpString cutString));
            Assert.Equal(cut, OtlpString.Transcode(cutString.ToString()));
        });
}
