using OpencodeOtel.Otlp.Messages;
using OpencodeOtel.Otlp.Model;

namespace OpencodeOtel.Otlp;

/// <summary>What surrounds the records of every request of a signal: resource and scope, encoded once. Immutable, thread-safe.</summary>
public sealed class ExportEnvelope
{
    /// <summary>Encodes the resource and the scope for <paramref name="signal"/> in <paramref name="form"/>.</summary>
    public ExportEnvelope(Signal signal, WireForm form, Resource resource, InstrumentationScope scope)
    {
        ArgumentNullException.ThrowIfNull(resource);
        ArgumentNullException.ThrowIfNull(scope);
        Signal = signal;
        Form = form;
        Frame = EnvelopeEncoder.Encode(signal, form, resource, scope);
    }

    /// <summary>Gets the signal.</summary>
    public Signal Signal { get; }

    /// <summary>Gets the wire form.</summary>
    public WireForm Form { get; }

    /// <summary>Gets resource and scope, around the records to come.</summary>
    internal Frame Frame { get; }
}
