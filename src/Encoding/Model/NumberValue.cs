namespace OpencodeOtel.Otlp.Model;

/// <summary>The <c>value</c> oneof of number points and exemplars: an integer, a double, or nothing.</summary>
public readonly struct NumberValue
{
    private readonly long _bits;
    private readonly NumberKind _kind;

    private NumberValue(NumberKind kind, long bits)
    {
        _kind = kind;
        _bits = bits;
    }

    /// <summary>Gets which member is set; <see cref="NumberKind.None"/> goes with the flag "no recorded value".</summary>
    public NumberKind Kind => _kind;

    /// <summary>Gets the integer.</summary>
    public long Int => _bits;

    /// <summary>Gets the double.</summary>
    public double Double => BitConverter.Int64BitsToDouble(_bits);

    /// <summary>An integer.</summary>
    public static implicit operator NumberValue(long value) => FromInt64(value);

    /// <summary>A double.</summary>
    public static implicit operator NumberValue(double value) => FromDouble(value);

    /// <summary>An integer.</summary>
    public static NumberValue FromInt64(long value) => new(NumberKind.Int, value);

    /// <summary>A double.</summary>
    public static NumberValue FromDouble(double value) => new(NumberKind.Double, BitConverter.DoubleToInt64Bits(value));
}
