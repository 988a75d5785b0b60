namespace OpencodeOtel.Otlp.Model;

/// <summary>An attribute: <c>opentelemetry.proto.common.v1.KeyValue</c>. Keys are unique within a collection; the caller sees to it.</summary>
public readonly struct KeyValue(OtlpString key, AnyValue value)
{
    /// <summary>Gets the key.</summary>
    public OtlpString Key { get; } = key;

    /// <summary>Gets the value.</summary>
    public AnyValue Value { get; } = value;
}
