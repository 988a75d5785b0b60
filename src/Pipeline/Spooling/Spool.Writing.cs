namespace OpencodeOtel.Pipeline.Spooling;

/// <content>Writing, and the bound in bytes.</content>
internal sealed partial class Spool
{
    /// <summary>Writes a group to disk; on the committing thread.</summary>
    private bool Write(IReadOnlyList<PendingFrame> group)
    {
        if (_failedAt is { } failed && time.GetElapsedTime(failed) < RestAfterFailure)
        {
            return false;
        }

        try
        {
            LogWriter? writer;
            lock (_gate)
            {
                writer = Prepare(group.Sum(frame => frame.Cost) + SegmentFormat.HeaderLength);
            }

            if (writer is null)
            {
                Refuse("its limit is reached");
                return false;
            }

            writer.Write(group);
            lock (_gate)
            {
                writer.Publish();
                TellNews();
            }

            _failedAt = null;
            return true;
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            // An error that no disk explains is a bug; whoever waits is answered all the same.
            _failedAt = time.GetTimestamp();
            lock (_gate)
            {
                // Whatever state the segment is in, the next attempt begins another one.
                _writer?.EndSegment();
            }

            Refuse(SpoolFiles.Reason(error));
            return false;
        }
    }

    /// <summary>Makes the log, the room and the segment for a group.</summary>
    /// <returns>Who writes it; <see langword="null"/> when there is no room and none can be made.</returns>
    private LogWriter? Prepare(long bytes)
    {
        if (_writer is null)
        {
            SpoolLog log = SpoolLog.Create(_directory, time);
            _logs.Add(log.Id, log);
            _writer = new LogWriter(log, options, time);
            MeasureForeign();
        }

        if (!MakeRoom(bytes))
        {
            return null;
        }

        if (_writer.NeedsSegment)
        {
            // Others write, too; their share is looked at as often as a segment is filled.
            MeasureForeign();
            _writer.BeginSegment();
        }

        return _writer;
    }

    private bool MakeRoom(long bytes)
    {
        if (OwnedBytes() + _foreignBytes + bytes <= options.LimitBytes)
        {
            return true;
        }

        AdoptAll();
        MeasureForeign();
        if (_foreignBytes + bytes > options.LimitBytes)
        {
            return false;
        }

        while (OwnedBytes() + _foreignBytes + bytes > options.LimitBytes)
        {
            SpoolLog oldest = _logs.Values.First(log => log.HasSegments);
            oldest.EvictOldest(this);
            if (oldest.IsOwn && oldest.Active is null)
            {
                _writer?.EndSegment();
            }

            RemoveIfDone(oldest);
        }

        return true;
    }

    private long OwnedBytes() => _logs.Values.Sum(log => log.Bytes);

    private void MeasureForeign() => _foreignBytes = _directory.LogIds().Where(id => !_logs.ContainsKey(id)).Sum(_directory.Measure);

    private void Refuse(string why)
    {
        if (_said.First(SpoolWarning.NotStored))
        {
            LogNotStored(ShownDirectory, why);
        }
    }

    private void TellNews()
    {
        TaskCompletionSource told = _news;
        _news = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        told.SetResult();
    }
}
