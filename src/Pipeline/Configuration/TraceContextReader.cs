using System.Globalization;
using OpencodeOtel.Otlp.Model;

namespace OpencodeOtel.Pipeline.Configuration;

/// <summary>Reads a W3C <c>traceparent</c>: <see href="https://www.w3.org/TR/2021/REC-trace-context-1-20211123/#traceparent-header"/>.</summary>
internal static class TraceContextReader
{
    // 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01
    private const int Length = 55;
    private const int TraceIdAt = 3;
    private const int SpanIdAt = 36;
    private const int FlagsAt = 53;
    private const byte Sampled = 1;

    /// <summary>Reads version 00, and of higher versions the part that they share with it.</summary>
    /// <returns><see langword="null"/> when the text is no valid parent.</returns>
    public static RemoteParent? Read(string text)
    {
        ReadOnlySpan<char> parent = text.AsSpan().Trim();
        if (parent.Length < Length || parent[2] != '-' || parent[SpanIdAt - 1] != '-' || parent[FlagsAt - 1] != '-')
        {
            return null;
        }

        Span<byte> version = stackalloc byte[1];
        Span<byte> trace = stackalloc byte[TraceId.Size];
        Span<byte> span = stackalloc byte[SpanId.Size];
        Span<byte> flags = stackalloc byte[1];
        if (!TryHex(parent[..2], version)
            || !TryHex(parent.Slice(TraceIdAt, 2 * TraceId.Size), trace)
            || !TryHex(parent.Slice(SpanIdAt, 2 * SpanId.Size), span)
            || !TryHex(parent.Slice(FlagsAt, 2), flags)
            || version[0] == 0xff
            || (version[0] == 0 && parent.Length != Length)
            || (parent.Length > Length && parent[Length] != '-'))
        {
            return null;
        }

        TraceId traceId = new(trace);
        SpanId spanId = new(span);
        byte kept = version[0] == 0 ? flags[0] : (byte)(flags[0] & Sampled); // A higher version may have given the other bits another meaning.
        return traceId.IsZero || spanId.IsZero ? null : new RemoteParent(traceId, spanId, kept, null);
    }

    /// <summary>Lower-case digits only, as W3C demands.</summary>
    private static bool TryHex(ReadOnlySpan<char> digits, Span<byte> bytes)
    {
        for (int index = 0; index < bytes.Length; index++)
        {
            ReadOnlySpan<char> pair = digits.Slice(2 * index, 2);
            if (!char.IsAsciiHexDigitLower(pair[0])
                || !char.IsAsciiHexDigitLower(pair[1])
                || !byte.TryParse(pair, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out bytes[index]))
            {
                return false;
            }
        }

        return true;
    }
}
