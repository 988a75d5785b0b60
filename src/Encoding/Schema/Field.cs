using System.Runtime.CompilerServices;

namespace OpencodeOtel.Otlp.Schema;

/// <summary>One field of a message, in both wire forms: number and wire type for protobuf, name for JSON.</summary>
/// <remarks>
/// A ref struct, so that constants are properties that the compiler folds: a protobuf encoder keeps only the tag,
/// a JSON encoder only the name, and neither reads memory for it.
/// </remarks>
internal readonly ref struct Field(int number, WireType wireType, ReadOnlySpan<byte> jsonName)
{
    /// <summary>How a constant's getter is compiled: into its caller, where the compiler would not always put it by itself.</summary>
    public const MethodImplOptions Folded = MethodImplOptions.AggressiveInlining;

    /// <summary>Gets number and wire type as they stand before the value.</summary>
    public uint Tag { get; } = ((uint)number << 3) | (uint)wireType;

    /// <summary>Gets the lowerCamelCase name, without quotes; plain ASCII that needs no escape.</summary>
    public ReadOnlySpan<byte> JsonName { get; } = jsonName;

    /// <summary>Gets the field number.</summary>
    public int Number => (int)(Tag >> 3);

    /// <summary>Gets the wire type.</summary>
    public WireType WireType => (WireType)(Tag & 7);
}
