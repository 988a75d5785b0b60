using System.IO.Compression;
using Grpc.Net.Compression;

namespace OpencodeOtel.TestCollector.Serving;

/// <summary>Reads and writes gRPC messages in zstd.</summary>
internal sealed class ZstdProvider : ICompressionProvider
{
    /// <inheritdoc/>
    public string EncodingName => "zstd";

    /// <inheritdoc/>
    public Stream CreateCompressionStream(Stream stream, CompressionLevel? compressionLevel) => new ZstdSharp.CompressionStream(stream, leaveOpen: true);

    /// <inheritdoc/>
    public Stream CreateDecompressionStream(Stream stream) => new ZstdSharp.DecompressionStream(stream, leaveOpen: true);
}
