using System.Net;

namespace OpencodeOtel.Pipeline.Exporting;

/// <summary>The body of an HTTP request, which tells when it is written.</summary>
/// <param name="bytes">The bytes; they do not change before the request is over.</param>
/// <param name="written">Called when the bytes are out of this process's hands; once more if the connection had to be made anew.</param>
internal sealed class RequestContent(ReadOnlyMemory<byte> bytes, Action written) : HttpContent
{
    /// <inheritdoc/>
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    /// <inheritdoc/>
    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
        await stream.FlushAsync(cancellationToken).ConfigureAwait(false);
        written();
    }

    /// <inheritdoc/>
    protected override bool TryComputeLength(out long length)
    {
        length = bytes.Length;
        return true;
    }
}
