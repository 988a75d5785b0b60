using System.Runtime.CompilerServices;

namespace OpencodeOtel.Otlp.Model;

/// <summary>An attribute: <c>opentelemetry.proto.common.v1.KeyValue</c>. Keys are unique within a collection; the caller sees to it.</summary>
public readonly struct KeyValue(OtlpString key, AnyValue value) : IEquatable<KeyValue>
{
    private readonly OtlpString _key = key;
    private readonly AnyValue _value = value;

    /// <summary>Gets the key.</summary>
    public OtlpString Key => _key;

    /// <summary>Gets the value.</summary>
    public AnyValue Value => _value;

    /// <summary>Gets the hash of the value alone: where sets of the same keys are told apart, that is enough.</summary>
    public int ValueHashCode => _value.GetHashCode();

    /// <summary>Compares keys and values by content.</summary>
    public static bool operator ==(KeyValue left, KeyValue right) => left.Equals(right);

    /// <summary>Compares keys and values by content.</summary>
    public static bool operator !=(KeyValue left, KeyValue right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(KeyValue other) => Matches(in other);

    /// <summary>Compares by content like <see cref="Equals(KeyValue)"/>, without a copy: for where attributes are looked up.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Matches(ref readonly KeyValue other) =>
        (_key.IsSameAs(in other._key) && _value.IsSameAs(in other._value)) || MatchesContent(in other);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is KeyValue other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => (int)ContentHash.Combine((uint)_key.GetHashCode(), (uint)_value.GetHashCode());

    private bool MatchesContent(ref readonly KeyValue other) => _key.Equals(other._key) && _value.Equals(other._value);
}
