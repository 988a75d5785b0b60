using OpencodeOtel.Otlp.Model;

namespace OpencodeOtel.Pipeline.Aggregating;

/// <summary>Takes away the attributes that no metric point may have, before series are found and counted.</summary>
/// <remarks>The result lies in a buffer that the next call overwrites.</remarks>
internal sealed class AttributeExclusion(IReadOnlySet<string> keys)
{
    private readonly OtlpString[] _keys = [.. keys.Select(OtlpString.Transcode)];
    private KeyValue[] _kept = [];

    /// <summary>Gets what is left of <paramref name="attributes"/>, in the same order.</summary>
    public ReadOnlySpan<KeyValue> Apply(ReadOnlySpan<KeyValue> attributes)
    {
        if (_keys.Length == 0)
        {
            return attributes;
        }

        if (_kept.Length < attributes.Length)
        {
            _kept = new KeyValue[attributes.Length];
        }

        int count = 0;
        foreach (ref readonly KeyValue attribute in attributes)
        {
            if (!_keys.AsSpan().Contains(attribute.Key))
            {
                _kept[count++] = attribute;
            }
        }

        return _kept.AsSpan(0, count);
    }
}
