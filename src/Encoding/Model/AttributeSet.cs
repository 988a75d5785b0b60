namespace OpencodeOtel.Otlp.Model;

/// <summary>The attributes of a metric series: fixed when made, encoded once and copied from then on.</summary>
/// <remarks>Used by one thread at a time: the encoded forms are kept with the set when they are first needed.</remarks>
public sealed class AttributeSet
{
    private readonly KeyValue[] _attributes;

    /// <summary>Takes attributes with unique keys; the array is not copied and must not change.</summary>
    public AttributeSet(params KeyValue[] attributes)
    {
        ArgumentNullException.ThrowIfNull(attributes);
        _attributes = attributes;
    }

    /// <summary>Gets the attributes.</summary>
    public ReadOnlySpan<KeyValue> Attributes => _attributes;
}
