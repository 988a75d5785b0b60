namespace OpencodeOtel.Otlp.Model;

/// <summary>The two forms in which an OTLP message travels.</summary>
public enum WireForm
{
    /// <summary>Protocol Buffers, canonical: byte for byte what the reference serialiser writes.</summary>
    Protobuf,

    /// <summary>OTLP/JSON: proto3 JSON with hexadecimal ids and enum numbers.</summary>
    Json,
}
