using System.Buffers;

namespace OpencodeOtel.Pipeline.Spooling;

/// <summary>Writes groups of frames to the active segment of this process's log. One thread at a time.</summary>
internal sealed class LogWriter(SpoolLog log, SpoolOptions options, TimeProvider time) : IDisposable
{
    private readonly List<ReadOnlyMemory<byte>> _parts = [];
    private readonly List<(SpoolLane Lane, long Offset, bool IsOfEarlier)> _frames = [];
    private IAppendFile? _file;
    private SpoolSegment? _segment;
    private long _end;

    /// <summary>Gets the log.</summary>
    public SpoolLog Log => log;

    /// <summary>Gets a value indicating whether the next group begins a segment.</summary>
    public bool NeedsSegment => _file is null || _end >= options.SegmentBytes;

    /// <summary>Begins the next segment.</summary>
    /// <remarks>Changes the log, so its owner holds the lock of the spool.</remarks>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made.</exception>
    public void BeginSegment()
    {
        EndSegment();
        SpoolSegment segment = log.NextSegment();
        _file = options.OpenSegment(segment.Path);
        _segment = segment;
        _end = 0;
        log.Begin(segment);
    }

    /// <summary>Ends the segment: nothing more is appended to it.</summary>
    public void EndSegment()
    {
        _file?.Dispose();
        _file = null;
        _segment = null;
        log.End();
    }

    /// <summary>Writes a group to disk. When this returns it is there; readers see it after <see cref="Publish"/>.</summary>
    /// <exception cref="IOException">It is not; the segment is as it was before, or has a surplus, and is to be ended.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public void Write(IReadOnlyList<PendingFrame> group)
    {
        IAppendFile file = _file ?? throw new InvalidOperationException("there is no segment");
        byte[] headers = ArrayPool<byte>.Shared.Rent(group.Count * FrameHeader.MaxLength);
        try
        {
            long end = Lay(group, headers);
            try
            {
                file.Append(_parts, _end);
            }
            catch
            {
                // A part of the group may be there. It was not acknowledged, so it is to go.
                TakeBack(file);
                throw;
            }

            _end = end;
        }
        finally
        {
            _parts.Clear();
            ArrayPool<byte>.Shared.Return(headers);
        }
    }

    /// <summary>Shows readers what was written.</summary>
    /// <remarks>Changes the log, so its owner holds the lock of the spool.</remarks>
    public void Publish()
    {
        if (_segment is { } segment)
        {
            _frames.ForEach(frame => segment.Add(frame.Lane, frame.Offset, frame.IsOfEarlier));
            segment.Length = _end;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file?.Dispose();

    private void TakeBack(IAppendFile file)
    {
        try
        {
            file.Truncate(_end);
        }
        catch (Exception error) when (SpoolFiles.IsExpected(error))
        {
            _segment!.HasSurplus = true;
        }
    }

    /// <summary>Lays out a group: a header before each payload, the beginning of the segment before the first.</summary>
    /// <returns>Where it ends.</returns>
    private long Lay(IReadOnlyList<PendingFrame> group, byte[] headers)
    {
        _parts.Clear();
        _frames.Clear();
        long end = _end;
        if (end == 0)
        {
            _parts.Add(SegmentFormat.Header());
            end = SegmentFormat.HeaderLength;
        }

        DateTimeOffset now = time.GetUtcNow();
        int used = 0;
        foreach (PendingFrame frame in group)
        {
            ReadOnlyMemory<byte> payload = frame.Request.Body;
            FrameHeader header = FrameHeader.Of(frame.Lane, frame.Request.ItemCount, payload.Span, now);
            int length = header.Write(headers.AsSpan(used), log.Salt);
            _parts.Add(headers.AsMemory(used, length));
            _parts.Add(payload);
            _frames.Add((frame.Lane, end, frame.IsOfEarlier));
            used += length;
            end += length + payload.Length;
        }

        return end;
    }
}
