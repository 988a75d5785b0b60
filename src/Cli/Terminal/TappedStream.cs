namespace OpencodeOtel.Cli.Terminal;

/// <summary>Reads a stream and shows each piece to a tap before the reader gets it; the tap may end the stream.</summary>
/// <param name="inner">The stream; disposed with this one.</param>
/// <param name="tap">Sees what was read; <see langword="false"/> ends the stream.</param>
internal sealed class TappedStream(Stream inner, Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask<bool>> tap) : Stream
{
    private bool _ended;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int count = _ended ? 0 : await inner.ReadAsync(buffer, cancellationToken);
        _ended = count == 0 || !await tap(buffer[..count], cancellationToken);
        return count;
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Flush() => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
