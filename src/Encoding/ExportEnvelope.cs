using OpencodeOtel.Otlp.Model;

namespace OpencodeOtel.Otlp;

/// <summary>What surrounds the records of every request of a signal: resource and scope, encoded once.</summary>
public sealed class ExportEnvelope
{
    /// <summary>Encodes the resource and the scope for <paramref name="signal"/> in <paramref name="form"/>.</summary>
    public ExportEnvelope(Signal signal, WireForm form, Resource resource, InstrumentationScope scope)
    {
        Signal = signal;
        Form = form;
        throw new NotImplementedException($"{resource}{scope}");
    }

    /// <summary>Gets the signal.</summary>
    public Signal Signal { get; }

    /// <summary>Gets the wire form.</summary>
    public WireForm Form { get; }
}
