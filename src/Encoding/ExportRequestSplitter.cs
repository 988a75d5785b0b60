using System.Buffers;
using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Otlp.Splitting;

namespace OpencodeOtel.Otlp;

/// <summary>Makes two requests of one that a server finds too large, at the border of a record; records are copied, not encoded again.</summary>
/// <remarks>Each half has the envelope, and of metrics what stands around the points that it holds. Splits again until one record is left.</remarks>
public static class ExportRequestSplitter
{
    /// <summary>Splits a request in the middle of its records.</summary>
    /// <param name="request">The request; the caller keeps its hold on it.</param>
    /// <param name="first">The first half, with one holder.</param>
    /// <param name="second">The second half, with one holder.</param>
    /// <returns>Whether there are halves: not if there is only one record, nor if the bytes are not what the request says.</returns>
    public static bool TrySplit(ExportRequest request, out ExportRequest? first, out ExportRequest? second)
    {
        ArgumentNullException.ThrowIfNull(request);
        (first, second) = (null, null);
        int middle = request.ItemCount / 2;
        if (middle == 0)
        {
            return false;
        }

        byte[] scratch = ArrayPool<byte>.Shared.Rent(request.Body.Length);
        try
        {
            first = Slice(request, 0, middle, scratch);
            second = first is null ? null : Slice(request, middle, request.ItemCount, scratch);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(scratch);
        }

        if (second is null)
        {
            first?.Release();
            first = null;
        }

        return second is not null;
    }

    private static ExportRequest? Slice(ExportRequest request, int from, int to, byte[] scratch)
    {
        ReadOnlySpan<byte> body = request.Body.Span;
        int items;
        int length;
        if (request.Form == WireForm.Protobuf)
        {
            var slice = new ProtobufSlice(request.Signal, from, to);
            length = slice.Copy(body, scratch);
            items = slice.Items;
        }
        else
        {
            var slice = new JsonSlice(request.Signal, from, to, body, scratch);
            length = slice.Copy();
            items = slice.Items;
        }

        return length > 0 && items == request.ItemCount
            ? ExportRequest.Copy(request.Signal, request.Form, to - from, scratch.AsSpan(0, length))
            : null;
    }
}
