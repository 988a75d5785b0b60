using OpencodeOtel.Pipeline.Receiving.Events;

namespace OpencodeOtel.Pipeline.Enriching.Texts;

/// <summary>A content held until its span is finished: the last one set counts.</summary>
internal sealed class CapturedText
{
    private byte[] _buffer = [];
    private int _length;
    private ContentBudget? _budget;

    /// <summary>Gets a value indicating whether there is one.</summary>
    public bool IsPresent { get; private set; }

    /// <summary>Gets it.</summary>
    public ReadOnlySpan<byte> Utf8 => _buffer.AsSpan(0, _length);

    /// <summary>Takes a text of an event, up to <paramref name="limit"/> bytes.</summary>
    public void Set(JsonText text, int limit, ContentBudget budget)
    {
        if (TryMakeRoom(Math.Min(text.Raw.Length, limit), budget))
        {
            _length = text.CopyUtf8(_buffer.AsSpan(0, Math.Min(_buffer.Length, limit)));
            IsPresent = true;
        }
    }

    /// <summary>Takes a text, up to <paramref name="limit"/> bytes.</summary>
    public void Set(ReadOnlySpan<byte> utf8, int limit, ContentBudget budget)
    {
        ReadOnlySpan<byte> kept = Utf8Cut.Prefix(utf8, limit);
        if (TryMakeRoom(kept.Length, budget))
        {
            kept.CopyTo(_buffer);
            _length = kept.Length;
            IsPresent = true;
        }
    }

    /// <summary>Lets go of it.</summary>
    public void Clear()
    {
        _budget?.Release(_buffer.Length);
        _budget = null;
        _buffer = [];
        _length = 0;
        IsPresent = false;
    }

    private bool TryMakeRoom(int bytes, ContentBudget budget)
    {
        if (bytes <= _buffer.Length)
        {
            return true;
        }

        Clear();
        if (!budget.TryReserve(bytes))
        {
            return false;
        }

        _budget = budget;
        _buffer = new byte[bytes];
        return true;
    }
}
