using OpencodeOtel.Otlp.Model;

namespace OpencodeOtel.Pipeline.Limiting;

/// <summary>Memory for the attributes of one record at a time.</summary>
internal sealed class KeyValueRoom
{
    private KeyValue[] _items = [];

    /// <summary>Gives room for <paramref name="count"/> attributes; what was given before is overwritten.</summary>
    public Memory<KeyValue> Take(int count)
    {
        if (_items.Length < count)
        {
            _items = new KeyValue[count];
        }

        return _items.AsMemory(0, count);
    }
}
