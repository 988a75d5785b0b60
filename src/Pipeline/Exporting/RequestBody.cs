using System.Buffers;
using System.IO.Compression;
using OpencodeOtel.Otlp;
using OpencodeOtel.Pipeline.Configuration;

namespace OpencodeOtel.Pipeline.Exporting;

/// <summary>The bytes of one attempt to send a request, compressed if that is wanted.</summary>
/// <remarks>
/// Compressing is repeated for each attempt rather than kept with the request: equal input gives equal bytes, attempts are far apart,
/// and what waits in the queue is counted as it is.
/// </remarks>
internal sealed class RequestBody : IDisposable
{
    // By measurement, see docs/decisions/0011-compression-levels.md.
    private const CompressionLevel GzipLevel = CompressionLevel.Fastest;
    private const int ZstdLevel = 1;

    // RFC 1952: of nothing, the library writes nothing, which is no gzip.
    private static readonly byte[] GzipOfNothing = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    private byte[]? _rented;

    private RequestBody(ReadOnlyMemory<byte> bytes, byte[]? rented, bool isCompressed)
    {
        Bytes = bytes;
        CompressedLength = isCompressed ? bytes.Length : null;
        _rented = rented;
    }

    /// <summary>Gets the bytes as they go on the wire; not to be used after disposal.</summary>
    public ReadOnlyMemory<byte> Bytes { get; private set; }

    /// <summary>Gets or sets what is called when a transport that is connected takes the bytes; <see langword="null"/> for nothing.</summary>
    public Action? Taken { get; set; }

    /// <summary>Gets the size in bytes, if it is another than the request's.</summary>
    public int? CompressedLength { get; }

    /// <summary>Gets the word for a compression in <c>Content-Encoding</c> and <c>grpc-encoding</c>; <see langword="null"/> for none.</summary>
    public static string? NameOf(OtlpCompression compression) => compression switch
    {
        OtlpCompression.Gzip => "gzip",
        OtlpCompression.Zstd => "zstd",
        _ => null,
    };

    /// <summary>Makes the bytes of <paramref name="request"/>, which is to be held until this is disposed of.</summary>
    public static RequestBody Of(ExportRequest request, OtlpCompression compression) => compression switch
    {
        OtlpCompression.Gzip => Gzip(request.Body),
        OtlpCompression.Zstd => Zstd(request.Body),
        _ => new RequestBody(request.Body, null, isCompressed: false),
    };

    /// <inheritdoc/>
    public void Dispose()
    {
        Bytes = default;
        if (Interlocked.Exchange(ref _rented, null) is { } rented)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private static RequestBody Gzip(ReadOnlyMemory<byte> body)
    {
        if (body.IsEmpty)
        {
            return new RequestBody(GzipOfNothing, null, isCompressed: true);
        }

        using MemoryStream compressed = new((body.Length / 4) + 64);
        using (GZipStream gzip = new(compressed, GzipLevel, leaveOpen: true))
        {
            gzip.Write(body.Span);
        }

        return new RequestBody(compressed.GetBuffer().AsMemory(0, (int)compressed.Length), null, isCompressed: true);
    }

    private static RequestBody Zstd(ReadOnlyMemory<byte> body)
    {
        byte[] rented = ArrayPool<byte>.Shared.Rent(ZstdSharp.Compressor.GetCompressBound(body.Length));
        using ZstdSharp.Compressor compressor = new(ZstdLevel);
        return new RequestBody(rented.AsMemory(0, compressor.Wrap(body.Span, rented)), rented, isCompressed: true);
    }
}
