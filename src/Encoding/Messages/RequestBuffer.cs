using System.Buffers;
using System.Runtime.CompilerServices;
using OpencodeOtel.Otlp.Json;
using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Otlp.Protobuf;

namespace OpencodeOtel.Otlp.Messages;

/// <summary>The rented bytes of an open request, into which items are encoded.</summary>
/// <remarks>Owned by a builder, until <see cref="Detach"/> hands the bytes to the request.</remarks>
internal sealed class RequestBuffer(WireForm form, int initialCapacity)
{
    private byte[]? _bytes;

    /// <summary>Gets the bytes; none before the first item.</summary>
    public Span<byte> Bytes => _bytes;

    /// <summary>Encodes an item at a place, so that a number of bytes stay free behind it.</summary>
    /// <param name="item">The item.</param>
    /// <param name="at">Where.</param>
    /// <param name="tail">How many bytes are to stay free.</param>
    /// <param name="length">The size of the item, whether or not it fitted.</param>
    /// <param name="required">The size of a buffer in which it surely fits, tail included.</param>
    /// <returns>Whether the item is there; if not, bytes from <paramref name="at"/> on may have changed.</returns>
    public bool TryEncode<TEncoder, TItem>(in TItem item, int at, int tail, out long length, out long required)
        where TEncoder : struct, IItemEncoder<TItem>
        where TItem : struct
    {
        byte[]? bytes = _bytes;
        int room = bytes is null ? 0 : bytes.Length - at - tail;
        Span<byte> target = room > 0 ? bytes.AsSpan(at, room) : default;
        return form == WireForm.Protobuf
            ? TryEncode<ProtobufWriter, TEncoder, TItem>(item, target, at + tail, out length, out required)
            : TryEncode<JsonWriter, TEncoder, TItem>(item, target, at + tail, out length, out required);
    }

    /// <summary>Rents more, and keeps what is written.</summary>
    /// <param name="required">The least size, in bytes.</param>
    /// <param name="start">The start of what is written.</param>
    /// <param name="end">Its end.</param>
    /// <returns>Whether an array can be that long; if not, nothing has changed.</returns>
    public bool TryGrow(long required, int start, int end)
    {
        if (required > Array.MaxLength)
        {
            return false;
        }

        long doubled = _bytes is null ? initialCapacity : 2L * _bytes.Length;
        byte[] larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(Math.Max(required, doubled), Array.MaxLength));
        Bytes[Math.Min(start, Bytes.Length)..Math.Min(end, Bytes.Length)].CopyTo(larger.AsSpan(start));
        Return();
        _bytes = larger;
        return true;
    }

    /// <summary>Hands the bytes over; the next item rents anew.</summary>
    public byte[] Detach()
    {
        byte[] bytes = _bytes ?? [];
        _bytes = null;
        return bytes;
    }

    /// <summary>Gives the bytes back to the pool.</summary>
    public void Return()
    {
        if (_bytes is not null)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = null;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryEncode<TWriter, TEncoder, TItem>(in TItem item, Span<byte> target, int around, out long length, out long required)
        where TWriter : struct, IOtlpWriter, allows ref struct
        where TEncoder : struct, IItemEncoder<TItem>
        where TItem : struct
    {
        TWriter writer = default;
        writer.Use(target);
        TEncoder.Write(ref writer, item);
        length = writer.Length;
        required = around + writer.BytesRequired;
        return writer.Fits;
    }
}
