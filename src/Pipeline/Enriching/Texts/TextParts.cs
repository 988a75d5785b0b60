using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Enriching.State;
using OpencodeOtel.Pipeline.Receiving.Events;

namespace OpencodeOtel.Pipeline.Enriching.Texts;

/// <summary>The parts of one message, each a snapshot that replaces the one before; joined by line feeds they are its text.</summary>
internal sealed class TextParts
{
    private readonly List<Part> _parts = [];
    private readonly Stack<Part> _free = [];

    /// <summary>Gets a value indicating whether there are none.</summary>
    public bool IsEmpty => _parts.Count == 0;

    /// <summary>Gets the length of the joined text in UTF-16 units.</summary>
    public long Utf16Length
    {
        get
        {
            long length = Math.Max(0, _parts.Count - 1);
            foreach (Part part in _parts)
            {
                length += part.Utf16Length;
            }

            return length;
        }
    }

    /// <summary>Takes the latest snapshot of a part; <see langword="false"/> if there are too many to tell apart.</summary>
    public bool TrySet(IdHash id, JsonText text, int partLimit)
    {
        Part? part = Find(id);
        if (part is null)
        {
            if (_parts.Count >= partLimit)
            {
                return false;
            }

            part = _free.TryPop(out Part? free) ? free : new Part();
            part.Id = id;
            _parts.Add(part);
        }

        part.Utf16Length = text.Utf16Length;
        return true;
    }

    /// <summary>Keeps the content of a part that <see cref="TrySet"/> took.</summary>
    public void Capture(IdHash id, JsonText text, int limit, ContentBudget budget) =>
        Find(id)?.Content.Set(text, limit, budget);

    /// <summary>The joined contents, up to <paramref name="limit"/> bytes.</summary>
    public OtlpString Join(Utf8Scratch scratch, int limit)
    {
        int length = Math.Max(0, _parts.Count - 1);
        foreach (Part part in _parts)
        {
            length = Math.Min(limit, length + part.Content.Utf8.Length);
        }

        Span<byte> target = scratch.Reserve(length);
        int written = 0;
        foreach (Part part in _parts)
        {
            if (!ReferenceEquals(part, _parts[0]) && written < length)
            {
                target[written++] = (byte)'\n';
            }

            ReadOnlySpan<byte> kept = Utf8Cut.Prefix(part.Content.Utf8, length - written);
            kept.CopyTo(target[written..]);
            written += kept.Length;
            if (kept.Length < part.Content.Utf8.Length)
            {
                break;
            }
        }

        return scratch.Take(written);
    }

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        foreach (Part part in _parts)
        {
            part.Content.Clear();
            _free.Push(part);
        }

        _parts.Clear();
    }

    private Part? Find(IdHash id)
    {
        foreach (Part part in _parts)
        {
            if (part.Id == id)
            {
                return part;
            }
        }

        return null;
    }

    private sealed class Part
    {
        public CapturedText Content { get; } = new();

        public IdHash Id { get; set; }

        public int Utf16Length { get; set; }
    }
}
