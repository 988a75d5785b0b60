using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using CsCheck;
using OpencodeOtel.Pipeline.Receiving.Reading;
using OpencodeOtel.Pipeline.Tests.Support;

namespace OpencodeOtel.Pipeline.Tests.Receiving.Reading;

/// <summary>Holds the scanner against the reader of the standard library.</summary>
public sealed class JsonScannerTests
{
    private static readonly byte[][] Samples =
    [
        .. Recordings.Bus.Take(3).SelectMany(name => Encoding.UTF8.GetString(Recordings.Read(name)).Split('\n'))
            .Where(line => line.Length is > 6 and < 1500).Take(120).Select(line => Encoding.UTF8.GetBytes(line[6..])),
        """{"a":[1,-0.5e+7,[],{}, true ,false,null,"x\u00e9\n\\\"\/"],"":{"b":[{"c":[[]]}]},"é日😀":"😀 long enough to leave the first thirty-two bytes behind \t and more"}"""u8.ToArray(),
    ];

    public static TheoryData<string> Texts =>
    [
        "{}", "{ }", "{\"a\":1}", "{\"a\":1,}", "{,}", "{\"a\"}", "{\"a\":}", "{\"a\" 1}", "{a:1}", "{'a':1}", "{\"a\":1 \"b\":2}", "{\"a\":1,,\"b\":2}",
        "{\"a\":[]}", "{\"a\":[,]}", "{\"a\":[1,]}", "{\"a\":[1 2]}", "{\"a\":[1}", "{\"a\":{]}", "{\"a\":\"\\x\"}", "{\"a\":\"\\u12g4\"}", "{\"a\":\"\\ud800\"}",
        "{\"a\":\"\n\"}", "{\"a\":\"\u007f\"}", "{\"a\":\"\u0000\"}", "{\"a\":\"\\\"}", "{\"a\":tru}", "{\"a\":truex}", "{\"a\":nulll}", "{\"a\":-}", "{\"a\":00}",
        "{\"a\":1.5.5}", "{\"a\":1e5e5}", "{\"a\":-0}", "{\"a\":1E-0}", "{\"a\":0.0}", "{\"a\":1}x", "{\"a\":1}}", "{\"a\":1} \t\r\n", "\u00a0{}", "{}\0", "/**/{}", "{\"a\":1//\n}",
    ];

    [Theory]
    [MemberData(nameof(Texts))]
    public void A_text_is_accepted_if_the_standard_reader_accepts_it(string text) => AssertSame(Encoding.UTF8.GetBytes(text));

    [Theory]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(129)]
    [InlineData(JsonScanner.MaxDepth)]
    [InlineData(JsonScanner.MaxDepth + 1)]
    public void Depth_ends_where_the_standard_reader_ends_it(int depth)
    {
        string mixed = string.Concat(Enumerable.Range(0, depth).Select(level => level % 3 == 0 ? "[1," : "{\"a\":"));
        string ends = string.Concat(Enumerable.Range(0, depth).Reverse().Select(level => level % 3 == 0 ? ",2]" : ",\"b\":3}"));
        AssertSame(Encoding.UTF8.GetBytes(mixed + "1" + ends));
        AssertSame(Encoding.UTF8.GetBytes(mixed + "1" + ends.Replace(']', '}')));
        AssertSame(Encoding.UTF8.GetBytes(new string('[', depth) + new string(']', depth)));
        AssertSame(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + new string('}', depth)));
    }

    [Fact]
    public void Events_with_any_damage_are_accepted_if_the_standard_reader_accepts_them()
    {
        byte[] letters = "{}[]\",:\\u/0123456789-+.eEtrufalsn \t\n\r\0x"u8.ToArray();
        Gen<(int At, int Kind, byte Letter)> damage = Gen.Select(Gen.Int[0, 1499], Gen.Int[0, 2], Gen.OneOf(letters));
        Gen.Select(Gen.OneOf(Samples), damage.Array[0, 3]).Sample((sample, damages) =>
        {
            List<byte> text = [.. sample];
            foreach ((int place, int kind, byte letter) in damages)
            {
                int at = place % text.Count;
                text.RemoveRange(at, kind == 0 ? 0 : 1);
                text.InsertRange(at, kind == 1 ? [] : [letter]);
            }

            if (Utf8.IsValid(text.ToArray()))
            {
                AssertSame([.. text]);
            }
        });
    }

    [Fact]
    public void Every_beginning_of_an_event_is_refused()
    {
        byte[] sample = Samples[^1];
        for (int length = 0; length <= sample.Length; length++)
        {
            if (Utf8.IsValid(sample.AsSpan(0, length)))
            {
                AssertSame(sample[..length]);
            }
        }
    }

    [Fact]
    public void Strings_of_any_length_end_at_their_quote()
    {
        for (int length = 0; length < 200; length++)
        {
            byte[] text = [.. Enumerable.Repeat((byte)'a', length), (byte)'"', (byte)'x', .. Enumerable.Repeat((byte)'"', 40)];
            Assert.Equal(length, JsonBytes.StringLength(text, out bool isEscaped));
            Assert.False(isEscaped);
            Assert.Equal(length, JsonBytes.StringLength(text.AsSpan(0, length + 1), out _));
            Assert.Equal(-1, JsonBytes.StringLength(text.AsSpan(0, length), out _));
            text[length] = 0x1F;
            Assert.Equal(-1, JsonBytes.StringLength(text, out _));
            text[length] = (byte)'\\';
            Assert.Equal(-1, JsonBytes.StringLength(text, out _));
            text[length + 1] = (byte)'n';
            Assert.Equal(length + 2, JsonBytes.StringLength(text, out isEscaped));
            Assert.True(isEscaped);
        }
    }

    private static void AssertSame(byte[] text)
    {
        List<string> expected = [];
        bool isJson = Walk(text, expected);
        List<string> actual = [];
        JsonScanner scanner = new(text);
        scanner.ReadFirst();
        Walk(ref scanner, actual);
        scanner.ReadEnd();
        Assert.True(isJson == !scanner.HasFailed, Encoding.UTF8.GetString(text));

        JsonScanner skipping = new(text);
        skipping.ReadFirst();
        skipping.Skip();
        skipping.ReadEnd();
        Assert.Equal(scanner.HasFailed, skipping.HasFailed);
        if (isJson)
        {
            Assert.Equal(expected, actual);
        }
    }

    private static void Walk(ref JsonScanner scanner, List<string> tokens)
    {
        tokens.Add(scanner.Kind.ToString());
        if (scanner.Kind == JsonKind.Array)
        {
            while (scanner.ReadElement())
            {
                Walk(ref scanner, tokens);
            }
        }
        else if (scanner.Kind == JsonKind.Object)
        {
            while (scanner.ReadName())
            {
                tokens.Add(Encoding.UTF8.GetString(scanner.Value) + scanner.IsEscaped);
                if (scanner.ReadValueOfName())
                {
                    Walk(ref scanner, tokens);
                }
            }
        }
        else if (scanner.Kind is JsonKind.String)
        {
            tokens.Add(Encoding.UTF8.GetString(scanner.Value) + scanner.IsEscaped);
        }
        else if (scanner.Kind is JsonKind.Number)
        {
            tokens.Add(Encoding.UTF8.GetString(scanner.Value));
        }
    }

    private static bool Walk(byte[] text, List<string> tokens)
    {
        Utf8JsonReader reader = new(text, new JsonReaderOptions { MaxDepth = JsonScanner.MaxDepth });
        try
        {
            while (reader.Read())
            {
                string value = Encoding.UTF8.GetString(reader.ValueSpan);
                switch (reader.TokenType)
                {
                    case JsonTokenType.PropertyName:
                        tokens.Add(value + reader.ValueIsEscaped);
                        break;
                    case JsonTokenType.String:
                        tokens.Add("String");
                        tokens.Add(value + reader.ValueIsEscaped);
                        break;
                    case JsonTokenType.Number:
                        tokens.Add("Number");
                        tokens.Add(value);
                        break;
                    case JsonTokenType.StartObject or JsonTokenType.StartArray:
                        tokens.Add(reader.TokenType.ToString()["Start".Length..]);
                        break;
                    case JsonTokenType.True or JsonTokenType.False or JsonTokenType.Null:
                        tokens.Add(reader.TokenType.ToString());
                        break;
                }
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
