using System.Text.Json;
using System.Text.Json.Nodes;
using Google.Protobuf;

namespace OpencodeOtel.Otlp.Tests.Oracle;

/// <summary>Compares OTLP/JSON with what the protobuf JSON formatter writes, ids put from base64 into hexadecimal.</summary>
internal static class JsonTree
{
    private static readonly JsonFormatter Formatter = new(JsonFormatter.Settings.Default.WithFormatEnumsAsIntegers(true));

    private static readonly string[] Ids = ["traceId", "spanId", "parentSpanId"];

    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 512 };

    public static void AssertEqual(IMessage expected, ReadOnlySpan<byte> actual)
    {
        JsonNode tree = JsonNode.Parse(Formatter.Format(expected), documentOptions: Deep)!;
        Put(tree, id => Convert.ToHexStringLower(Convert.FromBase64String(id)));
        JsonNode ours = JsonNode.Parse(actual, documentOptions: Deep)!;
        if (!JsonNode.DeepEquals(tree, ours))
        {
            Assert.Equal(tree.ToJsonString(), ours.ToJsonString());
        }
    }

    /// <summary>Reads OTLP/JSON into a generated class, ids put into base64 as its parser wants them.</summary>
    public static T Parse<T>(ReadOnlySpan<byte> body, JsonParser parser)
        where T : IMessage, new()
    {
        JsonNode tree = JsonNode.Parse(body, documentOptions: Deep)!;
        Put(tree, id => Convert.ToBase64String(Convert.FromHexString(id)));
        return parser.Parse<T>(tree.ToJsonString());
    }

    private static void Put(JsonNode? node, Func<string, string> convert)
    {
        switch (node)
        {
            case JsonArray items:
                foreach (JsonNode? item in items)
                {
                    Put(item, convert);
                }

                break;
            case JsonObject members:
                foreach ((string name, JsonNode? value) in members.ToArray())
                {
                    if (Ids.Contains(name))
                    {
                        members[name] = convert(value!.GetValue<string>());
                    }
                    else
                    {
                        Put(value, convert);
                    }
                }

                break;
            default:
                break;
        }
    }
}
