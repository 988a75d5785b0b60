using System.Text;
using OpencodeOtel.Otlp.Json;
using OpencodeOtel.Otlp.Messages;
using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Otlp.Protobuf;
using OpencodeOtel.Otlp.Schema;

namespace OpencodeOtel.Otlp.Tests.Messages;

/// <summary>What the encoders make of single messages, in a buffer that is large enough.</summary>
internal static class Encoded
{
    public static byte[] Item<TEncoder, TItem>(WireForm form, TItem item)
        where TEncoder : struct, IItemEncoder<TItem>
        where TItem : struct => form == WireForm.Protobuf
            ? Item<ProtobufWriter, TEncoder, TItem>(item)
            : Item<JsonWriter, TEncoder, TItem>(item);

    /// <summary>The attributes of a resource: field 1.</summary>
    public static byte[] Attributes(WireForm form, params KeyValue[] attributes) => form == WireForm.Protobuf
        ? Attributes<ProtobufWriter>(attributes)
        : Attributes<JsonWriter>(attributes);

    /// <summary>A request with one item, as the builder completes it.</summary>
    public static byte[] Request(
        Signal signal, WireForm form, Resource resource, InstrumentationScope scope, Action<ExportRequestBuilder> append)
    {
        using var builder = new ExportRequestBuilder(new ExportEnvelope(signal, form, resource, scope), 256);
        append(builder);
        ExportRequest request = builder.Complete();
        byte[] body = request.Body.ToArray();
        request.Release();
        return body;
    }

    /// <summary>Compares bytes as hexadecimal digits; the expected ones may be spread over lines with comments.</summary>
    public static void AssertBytes(string expected, byte[] actual)
    {
        string digits = string.Concat(expected.Split('\n')
            .Select(line => line.Split("//")[0])
            .SelectMany(line => line.Where(char.IsAsciiHexDigit)));
        Assert.Equal(digits, Convert.ToHexStringLower(actual));
    }

    /// <summary>Compares JSON text as it is.</summary>
    public static void AssertJson(string expected, byte[] actual) => Assert.Equal(expected, Encoding.UTF8.GetString(actual));

    private static byte[] Item<TWriter, TEncoder, TItem>(TItem item)
        where TWriter : struct, IOtlpWriter, allows ref struct
        where TEncoder : struct, IItemEncoder<TItem>
        where TItem : struct
    {
        byte[] buffer = new byte[64 * 1024];
        TWriter writer = default;
        writer.Use(buffer);
        TEncoder.Write(ref writer, item);
        Assert.True(writer.Fits);
        return buffer[..(int)writer.Length];
    }

    private static byte[] Attributes<TWriter>(KeyValue[] attributes)
        where TWriter : struct, IOtlpWriter, allows ref struct
    {
        byte[] buffer = new byte[64 * 1024];
        TWriter writer = default;
        writer.Use(buffer);
        KeyValueEncoder.WriteList(ref writer, ResourceFields.Resource.Attributes, attributes.AsMemory());
        Assert.True(writer.Fits);
        return buffer[..(int)writer.Length];
    }
}
