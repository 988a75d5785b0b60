using System.Buffers;
using OpencodeOtel.Otlp.Model;

namespace OpencodeOtel.Otlp;

/// <summary>A finished request: bytes ready to send, and what they hold. Immutable; shared by the destinations of its wire form.</summary>
/// <remarks>
/// The buffer is rented. Each destination that keeps the request calls <see cref="Retain"/> before it is handed over and
/// <see cref="Release"/> when it is settled; the last release gives the buffer back. Thread-safe. A release too many, and
/// any use after the last one, is a fault in the program and throws: the bytes may be another request's by then.
/// </remarks>
public sealed class ExportRequest
{
    private readonly byte[] _buffer;
    private readonly int _start;
    private readonly int _length;
    private int _holders = 1;

    internal ExportRequest(Signal signal, WireForm form, int itemCount, byte[] buffer, int start, int length)
    {
        Signal = signal;
        Form = form;
        ItemCount = itemCount;
        _buffer = buffer;
        _start = start;
        _length = length;
    }

    /// <summary>Makes a request of bytes that were encoded before, such as those read back from a disk.</summary>
    /// <param name="signal">The signal.</param>
    /// <param name="form">The wire form of the bytes.</param>
    /// <param name="itemCount">How many records they hold.</param>
    /// <param name="body">The encoded message; copied.</param>
    public static ExportRequest Copy(Signal signal, WireForm form, int itemCount, ReadOnlySpan<byte> body)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(itemCount);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(body.Length);
        body.CopyTo(buffer);
        return new ExportRequest(signal, form, itemCount, buffer, 0, body.Length);
    }

    /// <summary>Makes a request without records, which OTLP has servers answer with success: it only asks whether they would take others.</summary>
    public static ExportRequest Empty(Signal signal, WireForm form)
    {
        ReadOnlySpan<byte> body = form == WireForm.Json ? "{}"u8 : [];
        byte[] buffer = ArrayPool<byte>.Shared.Rent(body.Length);
        body.CopyTo(buffer);
        return new ExportRequest(signal, form, 0, buffer, 0, body.Length);
    }

    /// <summary>Gets the signal.</summary>
    public Signal Signal { get; }

    /// <summary>Gets the wire form.</summary>
    public WireForm Form { get; }

    /// <summary>Gets the number of spans, log records or data points.</summary>
    public int ItemCount { get; }

    /// <summary>Gets the memory that the request holds, in bytes: the rented buffer, which is larger than the message. What bounds memory counts this.</summary>
    public int HeldBytes => _buffer.Length;

    /// <summary>Gets the encoded message; not to be used after the last release.</summary>
    /// <exception cref="ObjectDisposedException">The last holder has released the request.</exception>
    public ReadOnlyMemory<byte> Body
    {
        get
        {
            ObjectDisposedException.ThrowIf(Volatile.Read(ref _holders) <= 0, this);
            return _buffer.AsMemory(_start, _length);
        }
    }

    /// <summary>Adds a holder.</summary>
    /// <exception cref="ObjectDisposedException">The last holder has released the request.</exception>
    public void Retain()
    {
        int holders = Volatile.Read(ref _holders);
        while (true)
        {
            ObjectDisposedException.ThrowIf(holders <= 0, this);
            int seen = Interlocked.CompareExchange(ref _holders, holders + 1, holders);
            if (seen == holders)
            {
                return;
            }

            holders = seen;
        }
    }

    /// <summary>Takes a holder away; starts with one.</summary>
    /// <exception cref="ObjectDisposedException">There was no holder left: one has released twice.</exception>
    public void Release()
    {
        int holders = Interlocked.Decrement(ref _holders);
        ObjectDisposedException.ThrowIf(holders < 0, this);
        if (holders == 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
        }
    }
}
