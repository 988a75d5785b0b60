namespace OpencodeOtel.Pipeline.Spooling;

/// <summary>A log that this process owns: its own, or one adopted from a process that is gone. Not thread-safe.</summary>
/// <remarks>
/// Frames are appended by <see cref="LogWriter"/> only, and only to the log of this process. All may be read: each lane for itself,
/// from its cursor on. A segment whose lanes are all past it is deleted.
/// </remarks>
internal sealed partial class SpoolLog
{
    private readonly SpoolDirectory _directory;
    private readonly OwnerLock _lock;
    private readonly uint _salt;
    private readonly List<SpoolSegment> _segments = [];
    private readonly Dictionary<SpoolLane, LaneCursor> _cursors = [];
    private int _lastNumber;

    private SpoolLog(SpoolDirectory directory, string id, OwnerLock ownerLock, bool isOwn)
    {
        _directory = directory;
        _lock = ownerLock;
        _salt = FrameHeader.SaltOf(id);
        Id = id;
        IsOwn = isOwn;
    }

    /// <summary>Gets its name.</summary>
    public string Id { get; }

    /// <summary>Gets a value indicating whether this process writes it.</summary>
    public bool IsOwn { get; }

    /// <summary>Gets what stands for the name in checksums.</summary>
    public uint Salt => _salt;

    /// <summary>Gets the segment that is being written.</summary>
    public SpoolSegment? Active { get; private set; }

    /// <summary>Gets the bytes on disk.</summary>
    public long Bytes => _segments.Sum(segment => segment.Length);

    /// <summary>Gets a value indicating whether there is a segment.</summary>
    public bool HasSegments => _segments.Count > 0;

    /// <summary>Gets the lanes that have frames in it.</summary>
    public IEnumerable<SpoolLane> Lanes => _segments.SelectMany(segment => segment.LastFrames.Keys).Distinct();

    /// <summary>Begins a log of this process's own.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made.</exception>
    public static SpoolLog Create(SpoolDirectory directory, TimeProvider time)
    {
        directory.Create();
        while (true)
        {
            string id = SpoolDirectory.NewId(time);

            // The lock comes first. Another process may come upon it before it is held, and clear it away: then there is another name.
            if (OwnerLock.TryTake(directory.LockPath(id), FileMode.CreateNew) is { } ownerLock)
            {
                try
                {
                    SpoolFiles.CreateDirectory(directory.LogPath(id));
                    return new SpoolLog(directory, id, ownerLock, isOwn: true);
                }
                catch
                {
                    ownerLock.Delete(); // A disk that is full now is asked again and again: each time would leave a file.
                    throw;
                }
            }
        }
    }

    /// <summary>Takes a log whose owner is gone, and clears it away if nothing waits in it.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="id">The log.</param>
    /// <param name="tally">Counts damage.</param>
    /// <returns>The log; <see langword="null"/> if its owner lives, if a later version of this program wrote it, or if nothing is left of it.</returns>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static SpoolLog? TryAdopt(SpoolDirectory directory, string id, ISpoolTally tally)
    {
        bool isLockNew = !File.Exists(directory.LockPath(id));
        if (OwnerLock.TryTake(directory.LockPath(id), FileMode.OpenOrCreate) is not { } ownerLock)
        {
            return null;
        }

        SpoolLog log = new(directory, id, ownerLock, isOwn: false);
        try
        {
            if (!log.TryLoad(tally))
            {
                ownerLock.Dispose();
                return null;
            }

            log.DeleteSettled();
            if (log.HasSegments)
            {
                return log;
            }

            log.Close();
            return null;
        }
        catch
        {
            // A lock that we have made would keep those out who can read the log.
            Action letGo = isLockNew ? ownerLock.Delete : ownerLock.Dispose;
            letGo();
            throw;
        }
    }

    /// <summary>The cursor of a lane.</summary>
    public LaneCursor CursorOf(SpoolLane lane)
    {
        if (!_cursors.TryGetValue(lane, out LaneCursor? cursor))
        {
            _cursors[lane] = cursor = new LaneCursor(default);
        }

        return cursor;
    }

    /// <summary>The next segment to write; not part of the log before <see cref="Begin"/>.</summary>
    public SpoolSegment NextSegment()
    {
        _lastNumber++;
        return new SpoolSegment(_lastNumber, Path.Combine(_directory.LogPath(Id), SegmentFormat.NameOf(_lastNumber)));
    }

    /// <summary>Adds the segment that is written from now on.</summary>
    public void Begin(SpoolSegment segment)
    {
        CutSurplus();
        _segments.Add(segment);
        Active = segment;
    }

    /// <summary>Ends the segment that is written. One that nothing was written to is removed.</summary>
    public void End()
    {
        if (Active is { Length: 0 } empty)
        {
            Delete(empty);
        }

        Active = null;
    }

    /// <summary>Lets go of the log: a later owner goes on from the cursor. A log in which nothing waits is removed.</summary>
    public void Close()
    {
        Active = null;
        CutSurplus();
        Advance();
        if (HasSegments)
        {
            _lock.Dispose();
            return;
        }

        try
        {
            File.Delete(Path.Combine(_directory.LogPath(Id), CursorFile.Name));
            if (Directory.Exists(_directory.LogPath(Id)))
            {
                Directory.Delete(_directory.LogPath(Id));
            }

            _lock.Delete();
        }
        catch (Exception error) when (SpoolFiles.IsExpected(error))
        {
            // What cannot be removed is found empty by the next owner, who tries again.
            _lock.Dispose();
        }
    }

    /// <summary>Tries once more to take back what was written and never acknowledged; a disk that fails may have recovered.</summary>
    private void CutSurplus()
    {
        foreach (SpoolSegment segment in _segments.Where(segment => segment.HasSurplus))
        {
            try
            {
                SpoolFiles.Cut(segment.Path, segment.Length);
                segment.HasSurplus = false;
            }
            catch (Exception error) when (SpoolFiles.IsExpected(error))
            {
                // It is not read here; a later owner may deliver it although it was counted as lost.
            }
        }
    }

    private bool TryLoad(ISpoolTally tally)
    {
        foreach ((SpoolLane lane, SpoolPosition position) in CursorFile.Read(_directory.LogPath(Id)))
        {
            _cursors[lane] = new LaneCursor(position);
        }

        foreach ((int number, string path) in _directory.Segments(Id))
        {
            SpoolSegment segment = new(number, path) { Length = new FileInfo(path).Length };
            _segments.Add(segment);
            using SegmentScanner scanner = segment.Scan(_salt);
            for (Scanned piece = scanner.Next(); piece.Kind != ScanKind.End; piece = scanner.Next())
            {
                if (piece.Kind == ScanKind.Frame)
                {
                    segment.Add(piece.Header.Lane, piece.Offset);
                }
                else if (segment.AddDamage(piece.Offset))
                {
                    tally.Damage(piece.Damage);
                }
            }

            if (scanner.IsOfLaterVersion)
            {
                return false;
            }
        }

        return true;
    }
}
