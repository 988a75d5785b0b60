namespace OpencodeOtel.Otlp.Model;

/// <summary>What the telemetry is about: <c>opentelemetry.proto.resource.v1.Resource</c>.</summary>
public sealed class Resource
{
    /// <summary>Gets the attributes; their number is not limited.</summary>
    public ReadOnlyMemory<KeyValue> Attributes { get; init; }

    /// <summary>Gets how many attributes were left out.</summary>
    public uint DroppedAttributesCount { get; init; }

    /// <summary>Gets the entities that the attributes describe.</summary>
    public ReadOnlyMemory<EntityRef> EntityRefs { get; init; }

    /// <summary>Gets the schema of the resource, written on <c>Resource&lt;Signal&gt;</c>.</summary>
    public OtlpString SchemaUrl { get; init; }
}
