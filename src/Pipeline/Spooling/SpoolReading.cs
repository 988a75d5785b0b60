using System.Buffers;

namespace OpencodeOtel.Pipeline.Spooling;

/// <summary>Looks through a spool directory without touching it: whoever writes or sends goes on meanwhile.</summary>
internal sealed class SpoolReading(SpoolDirectory directory)
{
    private readonly SortedDictionary<(string Destination, int Signal), SpoolEntry> _entries = [];
    private SpoolDamage _damage;
    private int _inUse;
    private int _later;
    private int _unreadable;

    /// <summary>Reads everything, payloads too.</summary>
    /// <exception cref="IOException">The directory cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The directory may not be read.</exception>
    public SpoolContents Read()
    {
        foreach (string id in directory.LogIds())
        {
            try
            {
                bool inUse = IsInUse(id);
                ReadLog(id, inUse);
                _inUse += inUse ? 1 : 0;
            }
            catch (Exception error) when (SpoolFiles.IsExpected(error))
            {
                _unreadable++; // It says nothing of the others.
            }
        }

        return new SpoolContents([.. _entries.Values], _damage, _inUse, _later, _unreadable);
    }

    private bool IsInUse(string id)
    {
        try
        {
            string path = directory.LockPath(id);
            if (!File.Exists(path))
            {
                return false;
            }

            using OwnerLock? free = OwnerLock.TryTake(path, FileMode.Open);
            return free is null;
        }
        catch (Exception error) when (SpoolFiles.IsExpected(error))
        {
            return false;
        }
    }

    private void ReadLog(string id, bool inUse)
    {
        Dictionary<SpoolLane, SpoolPosition> cursors = CursorFile.Read(directory.LogPath(id));
        IReadOnlyList<(int Number, string Path)> segments = directory.Segments(id);
        foreach ((int number, string path) in segments)
        {
            try
            {
                using SegmentScanner scanner = SegmentScanner.Open(path, FrameHeader.SaltOf(id));
                bool mayGrow = inUse && number == segments[^1].Number;
                for (Scanned piece = scanner.Next(); piece.Kind != ScanKind.End; piece = scanner.Next())
                {
                    Add(scanner, piece, cursors, number, mayGrow);
                }

                _later += scanner.IsOfLaterVersion ? 1 : 0;
            }
            catch (FileNotFoundException)
            {
                // It has just been delivered.
            }
        }
    }

    private void Add(SegmentScanner scanner, in Scanned piece, Dictionary<SpoolLane, SpoolPosition> cursors, int segment, bool mayGrow)
    {
        if (piece.Kind != ScanKind.Frame)
        {
            // At the end of a segment that is being written, a frame may be there in part.
            _damage += mayGrow ? default : piece.Damage;
            return;
        }

        FrameHeader header = piece.Header;
        if (cursors.TryGetValue(header.Lane, out SpoolPosition settled) && new SpoolPosition(segment, piece.Offset) < settled)
        {
            return;
        }

        if (!IsWhole(scanner, piece))
        {
            _damage += new SpoolDamage(1, header.Items, 0);
            return;
        }

        (string, int) key = (header.Lane.Destination, (int)header.Lane.Signal);
        DateTimeOffset stored = DateTimeOffset.FromUnixTimeMilliseconds(header.UnixMilliseconds);
        SpoolEntry entry = _entries.GetValueOrDefault(key) ?? new SpoolEntry(header.Lane.Signal, header.Lane.Destination, 0, 0, 0, stored);
        _entries[key] = entry with
        {
            Requests = entry.Requests + 1,
            Items = entry.Items + header.Items,
            Bytes = entry.Bytes + header.PayloadLength,
            Oldest = stored < entry.Oldest ? stored : entry.Oldest,
        };
    }

    private static bool IsWhole(SegmentScanner scanner, in Scanned piece)
    {
        byte[] payload = ArrayPool<byte>.Shared.Rent(piece.Header.PayloadLength);
        bool whole = scanner.TryReadPayload(piece, payload.AsSpan(0, piece.Header.PayloadLength));
        ArrayPool<byte>.Shared.Return(payload);
        return whole;
    }
}
