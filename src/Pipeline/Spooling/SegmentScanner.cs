using System.Buffers;
using System.IO.Hashing;
using Microsoft.Win32.SafeHandles;

namespace OpencodeOtel.Pipeline.Spooling;

/// <summary>Walks through a segment from frame to frame; where there is none, to the next one that can be read.</summary>
/// <remarks>Payloads are stepped over, so a walk reads little. The window is rented until the scanner is disposed of.</remarks>
internal sealed class SegmentScanner : IDisposable
{
    private const int WindowBytes = 64 * 1024;

    private readonly SafeFileHandle _file;
    private readonly uint _salt;
    private readonly long _end;
    private readonly byte[] _window = ArrayPool<byte>.Shared.Rent(WindowBytes);
    private long _windowStart;
    private int _windowLength;
    private long _next;

    private SegmentScanner(SafeFileHandle file, uint salt, long start, long end)
    {
        _file = file;
        _salt = salt;
        _next = start;
        _end = end;
    }

    /// <summary>Gets a value indicating whether a later version of this program wrote the segment; nothing of it is read then.</summary>
    public bool IsOfLaterVersion { get; private set; }

    /// <summary>Opens a segment.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="salt">See <see cref="FrameHeader.SaltOf"/>.</param>
    /// <param name="start">Where to begin: the beginning, or where a frame begins or ended.</param>
    /// <param name="end">Where to stop; the file's end if it is beyond that.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static SegmentScanner Open(string path, uint salt, long start = 0, long end = long.MaxValue)
    {
        SafeFileHandle file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        try
        {
            return new SegmentScanner(file, salt, start, Math.Min(end, RandomAccess.GetLength(file)));
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>The next piece.</summary>
    public Scanned Next()
    {
        if (_next == 0)
        {
            ReadOnlySpan<byte> start = Read(0, SegmentFormat.HeaderLength);
            if (!SegmentFormat.IsReadable(start))
            {
                IsOfLaterVersion = true;
                _next = _end;
            }
            else if (SegmentFormat.IsIntact(start))
            {
                _next = SegmentFormat.HeaderLength;
            }
        }

        long at = _next;
        if (at >= _end)
        {
            return new Scanned(ScanKind.End, at, at, default);
        }

        if (FrameHeader.TryRead(Read(at, FrameHeader.MaxLength), _salt, out FrameHeader header))
        {
            bool whole = header.FrameLength <= _end - at;
            _next = whole ? at + header.FrameLength : _end;
            return new Scanned(whole ? ScanKind.Frame : ScanKind.CutShort, at, _next, header);
        }

        _next = FindFrame(at + 1);
        return new Scanned(ScanKind.Unreadable, at, _next, default);
    }

    /// <summary>Reads the payload of a frame.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="target">Takes it; as long as the payload.</param>
    /// <returns>Whether it is undamaged.</returns>
    public bool TryReadPayload(in Scanned frame, Span<byte> target)
    {
        int read = 0;
        while (read < target.Length)
        {
            int count = RandomAccess.Read(_file, target[read..], frame.PayloadOffset + read);
            if (count == 0)
            {
                return false;
            }

            read += count;
        }

        return Crc32.HashToUInt32(target) == frame.Header.PayloadChecksum;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_window);
        _file.Dispose();
    }

    /// <summary>Where the next readable header begins; the end if there is none.</summary>
    private long FindFrame(long from)
    {
        for (long at = from; at < _end;)
        {
            ReadOnlySpan<byte> window = Read(at, WindowBytes);
            int found = window.IndexOf(FrameHeader.Marker);
            if (found < 0)
            {
                // The marker itself may lie across the end of the window.
                at += Math.Max(1, window.Length - FrameHeader.Marker.Length + 1);
            }
            else if (FrameHeader.TryRead(Read(at + found, FrameHeader.MaxLength), _salt, out _))
            {
                return at + found;
            }
            else
            {
                at += found + 1;
            }
        }

        return _end;
    }

    /// <summary>Up to <paramref name="count"/> bytes at <paramref name="offset"/>: fewer only where the segment ends.</summary>
    private ReadOnlySpan<byte> Read(long offset, int count)
    {
        count = (int)Math.Min(count, _end - offset);
        if (offset < _windowStart || offset + count > _windowStart + _windowLength)
        {
            _windowStart = offset;
            _windowLength = 0;
            int wanted = (int)Math.Min(WindowBytes, _end - offset);
            int read;
            while (_windowLength < wanted && (read = RandomAccess.Read(_file, _window.AsSpan(_windowLength, wanted - _windowLength), offset + _windowLength)) > 0)
            {
                _windowLength += read;
            }
        }

        int start = (int)(offset - _windowStart);
        return _window.AsSpan(start, Math.Min(count, _windowLength - start));
    }
}
