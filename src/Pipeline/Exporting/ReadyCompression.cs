using System.IO.Compression;
using Grpc.Net.Compression;
using OpencodeOtel.Pipeline.Configuration;

namespace OpencodeOtel.Pipeline.Exporting;

/// <summary>Tells the gRPC library how messages are compressed that it gets compressed already; it only has to name it and set the flag.</summary>
/// <param name="compression">Which one it is.</param>
/// <param name="limit">The most bytes that an answer is unpacked to: the library looks at its size before that only.</param>
internal sealed class ReadyCompression(OtlpCompression compression, long limit) : ICompressionProvider
{
    /// <summary>The entry of a call's metadata by which the library chooses a provider; it is not sent.</summary>
    public const string Choice = "grpc-internal-encoding-request";

    /// <inheritdoc/>
    public string EncodingName { get; } = RequestBody.NameOf(compression) ?? throw new ArgumentOutOfRangeException(nameof(compression));

    /// <inheritdoc/>
    public Stream CreateCompressionStream(Stream stream, CompressionLevel? compressionLevel) => new PassingStream(stream);

    /// <inheritdoc/>
    public Stream CreateDecompressionStream(Stream stream) => new AnswerStream(
        compression == OtlpCompression.Gzip
            ? new GZipStream(stream, CompressionMode.Decompress, leaveOpen: true)
            : new ZstdSharp.DecompressionStream(stream, leaveOpen: true),
        limit);

    /// <summary>Writes to a stream that it does not own.</summary>
    private sealed class PassingStream(Stream inner) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Flush() => inner.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);

        public override void Write(ReadOnlySpan<byte> buffer) => inner.Write(buffer);
    }
}
