namespace OpencodeOtel.Otlp.Model;

/// <summary>An attribute: <c>opentelemetry.proto.common.v1.KeyValue</c>. Keys are unique within a collection; the caller sees to it.</summary>
public readonly struct KeyValue(OtlpString key, AnyValue value) : IEquatable<KeyValue>
{
    /// <summary>Gets the key.</summary>
    public OtlpString Key { get; } = key;

    /// <summary>Gets the value.</summary>
    public AnyValue Value { get; } = value;

    /// <summary>Compares keys and values by content.</summary>
    public static bool operator ==(KeyValue left, KeyValue right) => left.Equals(right);

    /// <summary>Compares keys and values by content.</summary>
    public static bool operator !=(KeyValue left, KeyValue right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(KeyValue other) => Key.Equals(other.Key) && Value.Equals(other.Value);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is KeyValue other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => (int)ContentHash.Combine((uint)Key.GetHashCode(), (uint)Value.GetHashCode());
}
