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
        PutIdsInHexadecimal(tree);
        JsonNode ours = JsonNode.Parse(actual, documentOptions: Deep)!;
        if (!JsonNode.DeepEquals(tree, ours))
        {
            Assert.Equal(tree.ToJsonString(), ours.ToJsonString());
        }
    }

    private static void PutIdsInHexadecimal(JsonNode? node)
    {
        switch (node)
        {
            case JsonArray items:
                foreach (JsonNode? item in items)
                {
                    PutIdsInHexadecimal(item);
                }

                break;
            case JsonObject members:
                foreach ((string name, JsonNode? value) in members.ToArray())
                {
                    if (Ids.Contains(name))
                    {
                        members[name] = Convert.ToHexStringLower(Convert.FromBase64String(value!.GetValue<string>()));
                    }
                    else
                    {
                        PutIdsInHexadecimal(value);
                    }
                }

                break;
            default:
                break;
        }
    }
}
