using OpencodeOtel.Otlp.Model;

namespace OpencodeOtel.Otlp;

/// <summary>A finished request: bytes ready to send, and what they hold. Immutable; shared by the destinations of its wire form.</summary>
/// <remarks>
/// The buffer is rented. Each destination that keeps the request calls <see cref="Retain"/> before it is handed over and
/// <see cref="Release"/> when it is settled; the last release gives the buffer back. Thread-safe.
/// </remarks>
public sealed class ExportRequest
{
    internal ExportRequest(Signal signal, WireForm form, int itemCount, byte[] buffer, int start, int length)
    {
        Signal = signal;
        Form = form;
        ItemCount = itemCount;
        throw new NotImplementedException($"{buffer}{start}{length}");
    }

    /// <summary>Gets the signal.</summary>
    public Signal Signal { get; }

    /// <summary>Gets the wire form.</summary>
    public WireForm Form { get; }

    /// <summary>Gets the number of spans, log records or data points.</summary>
    public int ItemCount { get; }

    /// <summary>Gets the encoded message; not to be used after the last release.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>Adds a holder.</summary>
    public void Retain() => throw new NotImplementedException();

    /// <summary>Takes a holder away; starts with one.</summary>
    public void Release() => throw new NotImplementedException();
}
