namespace OpencodeOtel.Otlp.Model;

/// <summary>A value of an attribute or a log body: <c>opentelemetry.proto.common.v1.AnyValue</c>.</summary>
/// <remarks>The default value is empty: null. Arrays and lists are wrapped, not copied; do not change them afterwards.</remarks>
public readonly struct AnyValue : IEquatable<AnyValue>
{
    /// <summary>How deep values may nest: an array or a list within more than this many is written as an empty value.</summary>
    /// <value>64, the default of OpenTelemetry's <c>AttributeValueDepthLimit</c>; an attribute's own value is at depth 1.</value>
    public const int DepthLimit = 64;

    private readonly object? _object;
    private readonly long _bits;
    private readonly AnyValueKind _kind;

    private AnyValue(AnyValueKind kind, object? reference, long bits)
    {
        _kind = kind;
        _object = reference;
        _bits = bits;
    }

    /// <summary>Gets which member of the oneof is set.</summary>
    public AnyValueKind Kind => _kind;

    /// <summary>Gets the text of a <see cref="AnyValueKind.String"/>.</summary>
    public OtlpString Text => OtlpString.FromParts(_object, (int)(_bits >> 32), (int)_bits);

    /// <summary>Gets the value of a <see cref="AnyValueKind.Bool"/>.</summary>
    public bool Bool => _bits != 0;

    /// <summary>Gets the value of an <see cref="AnyValueKind.Int"/>.</summary>
    public long Int => _bits;

    /// <summary>Gets the value of a <see cref="AnyValueKind.Double"/>.</summary>
    public double Double => BitConverter.Int64BitsToDouble(_bits);

    /// <summary>Gets the elements of an <see cref="AnyValueKind.Array"/>.</summary>
    public ReadOnlySpan<AnyValue> Array => (AnyValue[]?)_object;

    /// <summary>Gets the entries of a <see cref="AnyValueKind.KeyValueList"/>.</summary>
    public ReadOnlySpan<KeyValue> List => (KeyValue[]?)_object;

    /// <summary>Gets the bytes of a <see cref="AnyValueKind.Bytes"/>.</summary>
    public ReadOnlySpan<byte> Bytes => (byte[]?)_object;

    /// <summary>A text.</summary>
    public static implicit operator AnyValue(string? value) => value is null ? default : FromText(value);

    /// <summary>A text.</summary>
    public static implicit operator AnyValue(OtlpString value) => FromText(value);

    /// <summary>A truth value.</summary>
    public static implicit operator AnyValue(bool value) => FromBool(value);

    /// <summary>An integer.</summary>
    public static implicit operator AnyValue(long value) => FromInt(value);

    /// <summary>A floating-point number.</summary>
    public static implicit operator AnyValue(double value) => FromDouble(value);

    /// <summary>Compares by kind and content; the form of a text does not matter, the order of a list does.</summary>
    public static bool operator ==(AnyValue left, AnyValue right) => left.Equals(right);

    /// <summary>Compares by kind and content.</summary>
    public static bool operator !=(AnyValue left, AnyValue right) => !left.Equals(right);

    /// <summary>A text.</summary>
    public static AnyValue FromText(OtlpString value)
    {
        (object? source, int start, int length) = value.Parts;
        return new AnyValue(AnyValueKind.String, source, ((long)start << 32) | (uint)length);
    }

    /// <summary>A truth value.</summary>
    public static AnyValue FromBool(bool value) => new(AnyValueKind.Bool, null, value ? 1 : 0);

    /// <summary>An integer.</summary>
    public static AnyValue FromInt(long value) => new(AnyValueKind.Int, null, value);

    /// <summary>A floating-point number.</summary>
    public static AnyValue FromDouble(double value) => new(AnyValueKind.Double, null, BitConverter.DoubleToInt64Bits(value));

    /// <summary>An array, whose elements may be of different kinds.</summary>
    public static AnyValue FromArray(params AnyValue[] values) => new(AnyValueKind.Array, values, 0);

    /// <summary>A list of keys and values.</summary>
    public static AnyValue FromList(params KeyValue[] values) => new(AnyValueKind.KeyValueList, values, 0);

    /// <summary>Bytes.</summary>
    public static AnyValue FromBytes(byte[] value) => new(AnyValueKind.Bytes, value, 0);

    /// <inheritdoc/>
    /// <remarks>Doubles are equal when their bits are: NaN equals NaN, 0 does not equal -0.</remarks>
    public bool Equals(AnyValue other) => IsSameAs(in other) || EqualsContent(in other);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is AnyValue other && Equals(other);

    /// <inheritdoc/>
    /// <remarks>Of an array or list only the length counts.</remarks>
    public override int GetHashCode() => _kind == AnyValueKind.String && _object is byte[] utf8
        ? (int)ContentHash.OfUtf8(utf8.AsSpan((int)(_bits >> 32), (int)_bits))
        : HashOther();

    private int HashOther() => (int)(_kind switch
    {
        AnyValueKind.String => (uint)Text.GetHashCode(),
        AnyValueKind.Array => ContentHash.OfBits((ulong)Array.Length),
        AnyValueKind.KeyValueList => ContentHash.OfBits((ulong)List.Length),
        AnyValueKind.Bytes => ContentHash.OfUtf8(Bytes),
        _ => ContentHash.OfBits((ulong)_bits + (ulong)_kind),
    });

    // A value that recurs is mostly the same text at the same place, so this is tried before anything is read.
    internal bool IsSameAs(ref readonly AnyValue other) =>
        ReferenceEquals(_object, other._object) && _bits == other._bits && _kind == other._kind;

    private bool EqualsContent(ref readonly AnyValue other) => _kind == other._kind && _kind switch
    {
        AnyValueKind.String => Text.Equals(other.Text),
        AnyValueKind.Array => Array.SequenceEqual(other.Array),
        AnyValueKind.KeyValueList => List.SequenceEqual(other.List),
        AnyValueKind.Bytes => Bytes.SequenceEqual(other.Bytes),
        _ => false,
    };
}
