using System.Diagnostics;
using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Otlp.Protobuf;
using OpencodeOtel.Otlp.Schema;

namespace OpencodeOtel.Otlp.Messages;

/// <summary>
/// What stands around a list that is written before its end is known: a message in a message, each with fields before
/// and after. A request is such a frame around its records, a metric is one around its points.
/// </summary>
/// <remarks>
/// In protobuf the part in front holds two lengths and so depends on what is between; in JSON it does not, but there
/// the part behind takes the place of the last item's comma.
/// </remarks>
internal sealed class Frame
{
    /// <summary>How many bytes the part in front can grow beyond <see cref="LikelyPrefixLength"/>.</summary>
    public const int MaxPrefixGrowth = 2 * (LongestLength - LikelyLength);

    private const int LongestLength = 5; // of a varint below 2^31
    private const int LikelyLength = 2; // contents of 128 to 16,383 bytes

    private readonly WireForm _form;
    private readonly uint _outerTag;
    private readonly uint _innerTag;
    private readonly byte[] _outerHead;
    private readonly byte[] _innerHead;
    private readonly byte[] _suffix;
    private readonly int _innerTailLength;

    /// <summary>A frame in JSON: the text before the first item, and the text from the last item's comma on.</summary>
    public Frame(byte[] prefix, byte[] suffix)
    {
        _form = WireForm.Json;
        _outerHead = prefix;
        _innerHead = [];
        _suffix = suffix;
        SuffixLength = suffix.Length - Overlap;
        LikelyPrefixLength = prefix.Length;
        MaxPrefixLength = prefix.Length;
    }

    /// <summary>A frame in protobuf.</summary>
    public Frame(Field outer, Field inner, in FrameParts parts)
    {
        Debug.Assert(outer.Number < 16 && inner.Number < 16, "The tags of frames are one byte.");
        _form = WireForm.Protobuf;
        _outerTag = outer.Tag;
        _innerTag = inner.Tag;
        _outerHead = parts.OuterHead.ToArray();
        _innerHead = parts.InnerHead.ToArray();
        _suffix = [.. parts.InnerTail, .. parts.OuterTail];
        _innerTailLength = parts.InnerTail.Length;
        SuffixLength = _suffix.Length;
        LikelyPrefixLength = HeadsLength + (2 * LikelyLength);
        MaxPrefixLength = LikelyPrefixLength + MaxPrefixGrowth;
    }

    /// <summary>Gets the usual size of the part in front, in bytes.</summary>
    public int LikelyPrefixLength { get; }

    /// <summary>Gets the size of the part in front around the longest content, in bytes.</summary>
    public int MaxPrefixLength { get; }

    /// <summary>Gets the bytes that the part behind adds to the content.</summary>
    public int SuffixLength { get; }

    private int HeadsLength => 2 + _outerHead.Length + _innerHead.Length;

    private int Overlap => _form == WireForm.Json ? 1 : 0;

    /// <summary>Gives the size of frame and content together, in bytes.</summary>
    public long Length(long content) => PrefixLength(content) + content + SuffixLength;

    /// <summary>Gives the size of the part in front, in bytes.</summary>
    public int PrefixLength(long content)
    {
        if (_form == WireForm.Json)
        {
            return _outerHead.Length;
        }

        long inner = InnerLength(content);
        return HeadsLength + Varint.Size((ulong)inner) + Varint.Size((ulong)OuterLength(inner));
    }

    /// <summary>Writes the part in front, which fills <paramref name="target"/>.</summary>
    public void WritePrefix(Span<byte> target, int content)
    {
        if (_form == WireForm.Json)
        {
            _outerHead.CopyTo(target);
            return;
        }

        long inner = InnerLength(content);
        target[0] = (byte)_outerTag;
        target = target[1..];
        target = target[Varint.Write(target, (ulong)OuterLength(inner))..];
        _outerHead.CopyTo(target);
        target = target[_outerHead.Length..];
        target[0] = (byte)_innerTag;
        target = target[1..];
        target = target[Varint.Write(target, (ulong)inner)..];
        _innerHead.CopyTo(target);
    }

    /// <summary>Writes the part behind.</summary>
    /// <param name="buffer">What holds the content, with room for <see cref="SuffixLength"/> bytes after it.</param>
    /// <param name="end">The end of the content.</param>
    public void WriteSuffix(Span<byte> buffer, int end) => _suffix.CopyTo(buffer[(end - Overlap)..]);

    private long InnerLength(long content) => _innerHead.Length + content + _innerTailLength;

    private long OuterLength(long inner) =>
        _outerHead.Length + 1 + Varint.Size((ulong)inner) + inner + _suffix.Length - _innerTailLength;
}
