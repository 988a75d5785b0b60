using OpencodeOtel.Otlp.Model;

namespace OpencodeOtel.Pipeline.Aggregating;

/// <summary>What a series is found by: a set of attributes. Their order, and the form of their texts, do not matter.</summary>
internal static class SeriesKey
{
    /// <summary>Hashes a set: the sum over its values, so that the order does not matter.</summary>
    /// <remarks>Keys are left out, which costs little: the sets of an instrument have the same keys, and differ in values.</remarks>
    public static uint Hash(ReadOnlySpan<KeyValue> attributes)
    {
        uint sum = 0;
        foreach (ref readonly KeyValue attribute in attributes)
        {
            sum += (uint)attribute.ValueHashCode;
        }

        return sum;
    }

    /// <summary>Compares two sets exactly; fast when they come in the same order, as they nearly always do.</summary>
    public static bool Matches(ReadOnlySpan<KeyValue> left, ReadOnlySpan<KeyValue> right)
    {
        if (left.Length != right.Length)
        {
            return false;
        }

        for (int i = 0; i < left.Length; i++)
        {
            if (!left[i].Matches(in right[i]))
            {
                return MatchesInAnyOrder(left[i..], right[i..]);
            }
        }

        return true;
    }

    /// <summary>Copies a set for keeping; texts are transcoded once, so that encoding and comparing them is cheap.</summary>
    public static AttributeSet Freeze(ReadOnlySpan<KeyValue> attributes)
    {
        var copy = new KeyValue[attributes.Length];
        for (int i = 0; i < copy.Length; i++)
        {
            AnyValue value = attributes[i].Value;
            copy[i] = new KeyValue(
                ToUtf8(attributes[i].Key),
                value.Kind == AnyValueKind.String ? ToUtf8(value.Text) : value);
        }

        return new AttributeSet(copy);
    }

    private static OtlpString ToUtf8(OtlpString text) => text.IsUtf8 ? text : OtlpString.Transcode(text.ToString());

    private static bool MatchesInAnyOrder(ReadOnlySpan<KeyValue> left, ReadOnlySpan<KeyValue> right)
    {
        foreach (ref readonly KeyValue attribute in left)
        {
            if (!right.Contains(attribute))
            {
                return false;
            }
        }

        return true;
    }
}
