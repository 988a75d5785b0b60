using OpencodeOtel.Otlp.Model;

namespace OpencodeOtel.Pipeline.Enriching.Emitting;

/// <summary>The attributes of the signal in the making, in memory that is used again for the next.</summary>
/// <param name="limit">How many there are at most; what does not fit is counted.</param>
internal sealed class AttributeBuffer(int limit)
{
    private const int UsualCount = 64;

    private KeyValue[] _items = new KeyValue[Math.Min(limit, UsualCount)];
    private int _count;

    /// <summary>Gets the attributes.</summary>
    public ReadOnlyMemory<KeyValue> Memory => _items.AsMemory(0, _count);

    /// <summary>Gets the attributes.</summary>
    public ReadOnlySpan<KeyValue> Span => _items.AsSpan(0, _count);

    /// <summary>Gets how many did not fit.</summary>
    public int Dropped { get; private set; }

    /// <summary>Starts the next set.</summary>
    public void Clear()
    {
        _count = 0;
        Dropped = 0;
    }

    /// <summary>Adds an attribute whose key is not in the set.</summary>
    public void Add(OtlpString key, AnyValue value)
    {
        if (_count == limit)
        {
            Dropped++;
            return;
        }

        if (_count == _items.Length)
        {
            Array.Resize(ref _items, (int)Math.Min(limit, 2L * _count));
        }

        _items[_count++] = new KeyValue(key, value);
    }

    /// <summary>Adds an attribute, or replaces the value of its key.</summary>
    public void Set(OtlpString key, AnyValue value)
    {
        for (int at = 0; at < _count; at++)
        {
            if (_items[at].Key == key)
            {
                _items[at] = new KeyValue(key, value);
                return;
            }
        }

        Add(key, value);
    }

    /// <summary>Sets each of <paramref name="attributes"/>.</summary>
    public void SetAll(ReadOnlySpan<KeyValue> attributes)
    {
        foreach (ref readonly KeyValue attribute in attributes)
        {
            Set(attribute.Key, attribute.Value);
        }
    }

    /// <summary>Configured attributes in the form that signals have them in.</summary>
    public static KeyValue[] Transcode(IReadOnlyList<KeyValuePair<string, string>> attributes) =>
        [.. attributes.Select(pair => new KeyValue(OtlpString.Transcode(pair.Key), OtlpString.Transcode(pair.Value)))];
}
