using OpencodeOtel.Otlp.Model;

namespace OpencodeOtel.Pipeline.Aggregating;

/// <summary>Takes away the attributes that no metric point may have, before series are found and counted.</summary>
/// <remarks>The result lies in a buffer that the next call overwrites.</remarks>
internal sealed class AttributeExclusion(IReadOnlySet<string> keys)
{
    private readonly OtlpString[] _keys = [.. keys.Select(OtlpString.Transcode)];
    private KeyValue[] _kept = [];

    /// <summary>Gets a value indicating whether any attribute is taken away.</summary>
    public bool IsActive => _keys.Length > 0;

    /// <summary>Gets, if <see cref="IsActive"/>, what is left of <paramref name="attributes"/>, in the same order.</summary>
    public ReadOnlySpan<KeyValue> Apply(ReadOnlySpan<KeyValue> attributes)
    {
        int count = Copy(attributes, areExcluded: false, all: false, ref _kept);
        return _kept.AsSpan(0, count);
    }

    /// <summary>Copies what the point of a measurement lacks: what <see cref="Apply"/> takes away, or everything.</summary>
    /// <param name="attributes">The attributes of a measurement.</param>
    /// <param name="isOverflow">Whether the point is the overflow point, which has none of them.</param>
    /// <param name="target">Replaced if it is too small; <see langword="null"/> is.</param>
    /// <returns>How many there are.</returns>
    public int CopyLacking(ReadOnlySpan<KeyValue> attributes, bool isOverflow, ref KeyValue[] target) =>
        Copy(attributes, areExcluded: true, isOverflow, ref target);

    private int Copy(ReadOnlySpan<KeyValue> attributes, bool areExcluded, bool all, ref KeyValue[] target)
    {
        if (target is null || target.Length < attributes.Length)
        {
            target = new KeyValue[attributes.Length];
        }

        int count = 0;
        foreach (ref readonly KeyValue attribute in attributes)
        {
            if (all || _keys.AsSpan().Contains(attribute.Key) == areExcluded)
            {
                target[count++] = attribute;
            }
        }

        return count;
    }
}
