namespace OpencodeOtel.Otlp.Model;

/// <summary>Who made the telemetry: <c>opentelemetry.proto.common.v1.InstrumentationScope</c>.</summary>
public sealed class InstrumentationScope
{
    /// <summary>Gets the name.</summary>
    public OtlpString Name { get; init; }

    /// <summary>Gets the version.</summary>
    public OtlpString Version { get; init; }

    /// <summary>Gets the attributes.</summary>
    public ReadOnlyMemory<KeyValue> Attributes { get; init; }

    /// <summary>Gets how many attributes were left out.</summary>
    public uint DroppedAttributesCount { get; init; }

    /// <summary>Gets the schema of the scope, written on <c>Scope&lt;Signal&gt;</c>.</summary>
    public OtlpString SchemaUrl { get; init; }
}
