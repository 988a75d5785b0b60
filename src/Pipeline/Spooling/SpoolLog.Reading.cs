using System.Buffers;
using OpencodeOtel.Otlp;
using OpencodeOtel.Pipeline.Exporting;

namespace OpencodeOtel.Pipeline.Spooling;

/// <content>Reading, settling, and giving up.</content>
internal sealed partial class SpoolLog
{
    /// <summary>The oldest frame of a lane that waits; frames stored before <paramref name="keepSince"/> are given up on the way.</summary>
    /// <returns>The frame; <see langword="null"/> when none waits.</returns>
    public SpooledFrame? TryTake(SpoolLane lane, DateTimeOffset keepSince, ISpoolTally tally)
    {
        LaneCursor cursor = CursorOf(lane);
        SpooledFrame? frame = null;
        while (frame is null && cursor.Returned is { } position)
        {
            frame = ReadAgain(position, keepSince, tally);
            if (frame is null)
            {
                cursor.Settle(position);
            }
            else
            {
                cursor.Take(position);
            }
        }

        SpoolPosition before = cursor.Next;
        for (int i = 0; frame is null && i < _segments.Count; i++)
        {
            SpoolSegment segment = _segments[i];
            if (segment.Number >= cursor.Next.Segment)
            {
                frame = ReadNext(segment, segment.Number == cursor.Next.Segment ? cursor.Next.Offset : 0, lane, cursor, keepSince, tally);
            }
        }

        if (frame is null && cursor.Next != before)
        {
            // What was passed is of other lanes, or given up: there may be segments that nobody needs.
            DeleteSettled();
        }

        return frame;
    }

    /// <summary>A frame is done with.</summary>
    public void Settle(SpooledFrame frame)
    {
        if (CursorOf(frame.Lane).Settle(frame.Position))
        {
            Advance();
        }
    }

    /// <summary>A frame could not be delivered, and waits again, unless its segment was evicted meanwhile.</summary>
    public void Return(SpooledFrame frame, ISpoolTally tally)
    {
        if (_segments.Exists(segment => segment.Number == frame.Position.Segment))
        {
            CursorOf(frame.Lane).Return(frame.Position);
        }
        else
        {
            CursorOf(frame.Lane).Settle(frame.Position);
            tally.Lose(frame.Lane, frame.IsOwn, Fate.Dropped, frame.Request.ItemCount);
        }
    }

    /// <summary>Gives up what was stored before <paramref name="keepSince"/>.</summary>
    public void GiveUp(DateTimeOffset keepSince, ISpoolTally tally)
    {
        foreach (SpoolLane lane in Lanes.ToList())
        {
            // What is older is given up on the way to the first that is not.
            if (TryTake(lane, keepSince, tally) is { } kept)
            {
                Return(kept, tally);
                kept.Request.Release();
            }
        }
    }

    /// <summary>Gives up the oldest segment, with all that waits in it.</summary>
    public void EvictOldest(ISpoolTally tally)
    {
        SpoolSegment segment = _segments[0];
        try
        {
            using SegmentScanner scanner = segment.Scan(_salt);
            for (Scanned piece = scanner.Next(); piece.Kind != ScanKind.End; piece = scanner.Next())
            {
                SpoolPosition position = new(segment.Number, piece.Offset);
                if (piece.Kind == ScanKind.Frame && CursorOf(piece.Header.Lane).IsWaiting(position))
                {
                    tally.Lose(piece.Header.Lane, CountsAsOwn(segment, piece.Offset), Fate.Dropped, piece.Header.Items);
                }
            }
        }
        catch (Exception error) when (SpoolFiles.IsExpected(error))
        {
            tally.Damage(new SpoolDamage(0, 0, segment.Length));
        }

        Delete(segment);
        if (segment == Active)
        {
            Active = null;
        }
    }

    /// <summary>Whether this process has counted a frame as spooled: it wrote it, and not as a part of what an earlier one had stored.</summary>
    private bool CountsAsOwn(SpoolSegment segment, long offset) => IsOwn && !segment.IsOfEarlier(offset);

    /// <summary>A frame that was given back.</summary>
    private SpooledFrame? ReadAgain(SpoolPosition position, DateTimeOffset keepSince, ISpoolTally tally)
    {
        if (_segments.Find(segment => segment.Number == position.Segment) is not { } segment)
        {
            return null;
        }

        try
        {
            using SegmentScanner scanner = segment.Scan(_salt, position.Offset);
            Scanned piece = scanner.Next();
            if (piece.Kind == ScanKind.Frame)
            {
                return Take(segment, scanner, piece, keepSince, tally);
            }

            Damage(segment, piece, tally);
        }
        catch (Exception error) when (SpoolFiles.IsExpected(error))
        {
            Damage(segment, new Scanned(ScanKind.Unreadable, position.Offset, segment.Length, default), tally);
        }

        return null;
    }

    /// <summary>The next frame of a lane in a segment; its cursor moves behind it, or to the segment's end.</summary>
    private SpooledFrame? ReadNext(SpoolSegment segment, long start, SpoolLane lane, LaneCursor cursor, DateTimeOffset keepSince, ISpoolTally tally)
    {
        if (segment.LastFrames.TryGetValue(lane, out long last) && last >= start)
        {
            try
            {
                using SegmentScanner scanner = segment.Scan(_salt, start);
                for (Scanned piece = scanner.Next(); piece.Kind != ScanKind.End; piece = scanner.Next())
                {
                    Pass(cursor, segment, piece.End);
                    if (piece.Kind != ScanKind.Frame)
                    {
                        Damage(segment, piece, tally);
                    }
                    else if (piece.Header.Lane == lane && Take(segment, scanner, piece, keepSince, tally) is { } frame)
                    {
                        cursor.Take(frame.Position);
                        return frame;
                    }
                }
            }
            catch (Exception error) when (SpoolFiles.IsExpected(error))
            {
                Damage(segment, new Scanned(ScanKind.Unreadable, start, segment.Length, default), tally);
            }
        }

        Pass(cursor, segment, segment.Length);
        return null;
    }

    private static void Pass(LaneCursor cursor, SpoolSegment segment, long offset)
    {
        SpoolPosition position = new(segment.Number, offset);
        cursor.Next = position > cursor.Next ? position : cursor.Next;
    }

    private SpooledFrame? Take(SpoolSegment segment, SegmentScanner scanner, in Scanned piece, DateTimeOffset keepSince, ISpoolTally tally)
    {
        FrameHeader header = piece.Header;
        if (header.UnixMilliseconds < keepSince.ToUnixTimeMilliseconds())
        {
            tally.Lose(header.Lane, CountsAsOwn(segment, piece.Offset), Fate.Expired, header.Items);
            return null;
        }

        byte[] payload = ArrayPool<byte>.Shared.Rent(header.PayloadLength);
        try
        {
            Span<byte> body = payload.AsSpan(0, header.PayloadLength);
            if (scanner.TryReadPayload(piece, body))
            {
                ExportRequest request = ExportRequest.Copy(header.Lane.Signal, header.Lane.Form, header.Items, body);
                return new SpooledFrame(this, new SpoolPosition(segment.Number, piece.Offset), header.Lane, request, CountsAsOwn(segment, piece.Offset));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(payload);
        }

        // What is left of it is worth no more than a frame whose payload the file ends in.
        Damage(segment, piece with { Kind = ScanKind.CutShort }, tally);
        return null;
    }

    private void Damage(SpoolSegment segment, in Scanned piece, ISpoolTally tally)
    {
        if (!segment.AddDamage(piece.Offset))
        {
            return;
        }

        tally.Damage(piece.Damage);
        if (CountsAsOwn(segment, piece.Offset) && piece.Damage.Items > 0)
        {
            tally.Lose(piece.Header.Lane, isOwn: true, Fate.Dropped, piece.Damage.Items);
        }
    }

    /// <summary>Keeps how far all lanes are, and deletes what is behind them.</summary>
    private void Advance()
    {
        DeleteSettled();
        if (!HasSegments)
        {
            return;
        }

        try
        {
            CursorFile.Write(_directory.LogPath(Id), _cursors.Select(entry => KeyValuePair.Create(entry.Key, entry.Value.Settled)));
        }
        catch (Exception error) when (SpoolFiles.IsExpected(error))
        {
            // Without it a later owner sends some requests again; nothing is lost.
        }
    }

    private void DeleteSettled()
    {
        foreach (SpoolSegment segment in _segments.Where(segment => segment != Active && IsSettled(segment)).ToList())
        {
            Delete(segment);
        }
    }

    private bool IsSettled(SpoolSegment segment)
    {
        foreach ((SpoolLane lane, long offset) in segment.LastFrames)
        {
            if (CursorOf(lane).Settled <= new SpoolPosition(segment.Number, offset))
            {
                return false;
            }
        }

        return true;
    }

    private void Delete(SpoolSegment segment)
    {
        _segments.Remove(segment);
        try
        {
            File.Delete(segment.Path);
        }
        catch (Exception error) when (SpoolFiles.IsExpected(error))
        {
            // The cursor is past it, so a later owner finds it settled and tries again.
        }
    }
}
