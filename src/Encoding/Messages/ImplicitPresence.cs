using System.Runtime.CompilerServices;
using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Otlp.Schema;

namespace OpencodeOtel.Otlp.Messages;

/// <summary>Fields of proto3 without <c>optional</c>: a default value is not on the wire, in either form.</summary>
/// <remarks><see href="https://protobuf.dev/programming-guides/field_presence/"/>. -0.0 counts as the default, as in the reference serialiser for C#.</remarks>
internal static class ImplicitPresence
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StringUnlessEmpty<TWriter>(this ref TWriter writer, Field field, in OtlpString value)
        where TWriter : struct, IOtlpWriter, allows ref struct
    {
        if (!value.IsEmpty)
        {
            writer.WriteString(field, value);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void TraceIdUnlessZero<TWriter>(this ref TWriter writer, Field field, TraceId value)
        where TWriter : struct, IOtlpWriter, allows ref struct
    {
        if (!value.IsZero)
        {
            writer.WriteTraceId(field, value);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SpanIdUnlessZero<TWriter>(this ref TWriter writer, Field field, SpanId value)
        where TWriter : struct, IOtlpWriter, allows ref struct
    {
        if (!value.IsZero)
        {
            writer.WriteSpanId(field, value);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void BoolUnlessFalse<TWriter>(this ref TWriter writer, Field field, bool value)
        where TWriter : struct, IOtlpWriter, allows ref struct
    {
        if (value)
        {
            writer.WriteBool(field, value);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void EnumUnlessZero<TWriter>(this ref TWriter writer, Field field, int value)
        where TWriter : struct, IOtlpWriter, allows ref struct
    {
        if (value != 0)
        {
            writer.WriteEnum(field, value);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void UInt32UnlessZero<TWriter>(this ref TWriter writer, Field field, uint value)
        where TWriter : struct, IOtlpWriter, allows ref struct
    {
        if (value != 0)
        {
            writer.WriteUInt32(field, value);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SInt32UnlessZero<TWriter>(this ref TWriter writer, Field field, int value)
        where TWriter : struct, IOtlpWriter, allows ref struct
    {
        if (value != 0)
        {
            writer.WriteSInt32(field, value);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Fixed32UnlessZero<TWriter>(this ref TWriter writer, Field field, uint value)
        where TWriter : struct, IOtlpWriter, allows ref struct
    {
        if (value != 0)
        {
            writer.WriteFixed32(field, value);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Fixed64UnlessZero<TWriter>(this ref TWriter writer, Field field, ulong value)
        where TWriter : struct, IOtlpWriter, allows ref struct
    {
        if (value != 0)
        {
            writer.WriteFixed64(field, value);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void DoubleUnlessZero<TWriter>(this ref TWriter writer, Field field, double value)
        where TWriter : struct, IOtlpWriter, allows ref struct
    {
        if (value != 0)
        {
            writer.WriteDouble(field, value);
        }
    }
}
