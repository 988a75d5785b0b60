using OpencodeOtel.Otlp.Messages;
using OpencodeOtel.Otlp.Schema;

namespace OpencodeOtel.Otlp.Model;

/// <summary>The attributes of a metric series: fixed when made, encoded once and copied from then on.</summary>
/// <remarks>Thread-safe: the encoded forms are kept with the set when they are first needed.</remarks>
public sealed class AttributeSet
{
    private readonly KeyValue[] _attributes;

    // One entry for each wire form and field number that was asked for: mostly one. Replaced as a whole, never changed.
    private (ulong Key, byte[] Bytes)[] _encoded = [];

    /// <summary>Takes attributes with unique keys; the array is not copied and must not change.</summary>
    public AttributeSet(params KeyValue[] attributes)
    {
        ArgumentNullException.ThrowIfNull(attributes);
        _attributes = attributes;
    }

    /// <summary>Gets the attributes.</summary>
    public ReadOnlySpan<KeyValue> Attributes => _attributes;

    /// <summary>Gives the attributes as the encoded list of <paramref name="field"/>; nothing for no set.</summary>
    internal static ReadOnlySpan<byte> Encoded<TWriter>(AttributeSet? set, Field field)
        where TWriter : struct, IOtlpWriter, allows ref struct
    {
        if (set is null)
        {
            return default;
        }

        ulong key = ((ulong)TWriter.Form << 32) | field.Tag;
        foreach ((ulong Key, byte[] Bytes) entry in set._encoded)
        {
            if (entry.Key == key)
            {
                return entry.Bytes;
            }
        }

        return set.Encode<TWriter>(key, field);
    }

    private byte[] Encode<TWriter>(ulong key, Field field)
        where TWriter : struct, IOtlpWriter, allows ref struct
    {
        if (_attributes.Length == 0)
        {
            return [];
        }

        TWriter measure = default;
        KeyValueEncoder.WriteList(ref measure, field, _attributes, depth: 1);
        byte[] bytes = new byte[measure.BytesRequired];
        TWriter writer = default;
        writer.Use(bytes);
        KeyValueEncoder.WriteList(ref writer, field, _attributes, depth: 1);
        bytes = writer.Length == bytes.Length ? bytes : bytes[..(int)writer.Length];
        _encoded = [.. _encoded, (key, bytes)];
        return bytes;
    }
}
