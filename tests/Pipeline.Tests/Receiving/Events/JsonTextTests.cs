using System.Text;
using System.Text.Json;
using CsCheck;
using OpencodeOtel.Pipeline.Receiving.Events;

namespace OpencodeOtel.Pipeline.Tests.Receiving.Events;

public sealed class JsonTextTests
{
    public static TheoryData<string, string> Escapes => new()
    {
        { "", "" },
        { "plain é日😀", "plain é日😀" },
        { """a\"b\\c\/d""", "a\"b\\c/d" },
        { """\b\f\n\r\t""", "\b\f\n\r\t" },
        { """\u0041\u00e9\u65E5""", "Aé日" },
        { """x\uD83D\uDE00y""", "x😀y" },
        { """\u0000""", "\0" },
        { """\ud83d""", "\uFFFD" },
        { """\ud83dx""", "\uFFFDx" },
        { """\ude00\ud83d""", "\uFFFD\uFFFD" },
        { """\ud83d\ud83d\ude00""", "\uFFFD😀" },
        { """\ud83d\n""", "\uFFFD\n" },
        { """\ud83d\u0041""", "\uFFFDA" },
        { """é\té""", "é\té" },
    };

    [Theory]
    [MemberData(nameof(Escapes))]
    public void Text_is_unescaped_and_a_lone_surrogate_becomes_the_replacement_character(string raw, string expected)
    {
        JsonText text = Text(raw);
        Assert.Equal(Encoding.UTF8.GetByteCount(expected), text.Utf8Length);
        Assert.Equal(expected.Length, text.Utf16Length);
        byte[] room = new byte[text.Utf8Length];
        Assert.Equal(room.Length, text.CopyUtf8(room));
        Assert.Equal(expected, Encoding.UTF8.GetString(room));
        Assert.True(text.TryGetUtf8(room, out ReadOnlySpan<byte> whole));
        Assert.Equal(expected, Encoding.UTF8.GetString(whole));
    }

    [Theory]
    [MemberData(nameof(Escapes))]
    public void A_copy_is_cut_between_characters(string raw, string expected)
    {
        for (int length = 0; length <= Encoding.UTF8.GetByteCount(expected); length++)
        {
            string most = "";
            foreach (Rune rune in expected.EnumerateRunes())
            {
                if (Encoding.UTF8.GetByteCount(most + rune) > length)
                {
                    break;
                }

                most += rune;
            }

            byte[] room = new byte[length];
            int copied = Text(raw).CopyUtf8(room);
            Assert.Equal(most, Encoding.UTF8.GetString(room, 0, copied));
        }
    }

    [Fact]
    public void Text_without_escapes_is_given_in_place()
    {
        byte[] raw = "plain"u8.ToArray();
        Assert.True(new JsonText(raw, isEscaped: false, isPresent: true).TryGetUtf8([], out ReadOnlySpan<byte> text));
        Assert.True(text.Overlaps(raw));
    }

    [Fact]
    public void Text_with_escapes_needs_room_for_what_it_stands_for()
    {
        JsonText text = Text("""a\u00e9""");
        Assert.True(text.TryGetUtf8(new byte[3], out ReadOnlySpan<byte> whole));
        Assert.Equal("aé"u8.ToArray(), whole.ToArray());
        Assert.False(text.TryGetUtf8(new byte[2], out whole));
        Assert.True(whole.IsEmpty);
    }

    [Theory]
    [InlineData("\\")]
    [InlineData("a\\")]
    [InlineData("\\u")]
    [InlineData("\\u12")]
    [InlineData("\\uzzzz")]
    [InlineData("\\q")]
    public void Escapes_that_no_JSON_has_do_no_harm(string raw)
    {
        JsonText text = Text(raw);
        byte[] room = new byte[100];
        Assert.Equal(text.Utf8Length, text.CopyUtf8(room));
        Assert.Equal(text.Utf16Length, Encoding.UTF8.GetString(room, 0, text.Utf8Length).Length);
    }

    [Fact]
    public void Any_string_that_the_standard_writer_escapes_is_read_back() =>
        Gen.String.Sample(value =>
        {
            string json = JsonSerializer.Serialize(value);
            string valid = JsonDocument.Parse(json).RootElement.GetString()!;
            JsonText text = Text(json[1..^1]);
            byte[] room = new byte[text.Utf8Length];
            return text.CopyUtf8(room) == room.Length && Encoding.UTF8.GetString(room) == valid && text.Utf16Length == valid.Length;
        });

    private static JsonText Text(string raw) => new(Encoding.UTF8.GetBytes(raw), raw.Contains('\\', StringComparison.Ordinal), isPresent: true);
}
