namespace OpencodeOtel.Otlp.Model;

/// <summary>A reference to an entity: <c>opentelemetry.proto.common.v1.EntityRef</c>. Keys name attributes of the resource.</summary>
public sealed class EntityRef
{
    /// <summary>Gets the schema of the entity.</summary>
    public OtlpString SchemaUrl { get; init; }

    /// <summary>Gets the type of the entity.</summary>
    public OtlpString Type { get; init; }

    /// <summary>Gets the keys of the attributes that identify it.</summary>
    public ReadOnlyMemory<OtlpString> IdKeys { get; init; }

    /// <summary>Gets the keys of the attributes that describe it.</summary>
    public ReadOnlyMemory<OtlpString> DescriptionKeys { get; init; }
}
