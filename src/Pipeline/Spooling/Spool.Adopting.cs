namespace OpencodeOtel.Pipeline.Spooling;

/// <content>The logs of processes that are gone.</content>
internal sealed partial class Spool
{
    /// <summary>Adopts the logs without an owner that hold something for a lane that is registered here.</summary>
    public void AdoptForRegistered()
    {
        lock (_gate)
        {
            if (!_closed)
            {
                Adopt(_accounts.ContainsKey);
            }
        }
    }

    /// <summary>Tells of an error that is a fault of this program.</summary>
    public void SayFault(Exception fault)
    {
        if (_said.First(SpoolWarning.NotRead))
        {
            LogNotRead(ShownDirectory, SpoolFiles.Reason(fault));
        }
    }

    /// <summary>Adopts every log without an owner.</summary>
    public void AdoptAll()
    {
        lock (_gate)
        {
            _ofOthers.Clear();
            Adopt(static _ => true);
        }
    }

    private void Adopt(Func<SpoolLane, bool> wanted)
    {
        try
        {
            foreach (string id in _directory.LogIds())
            {
                if (!_logs.ContainsKey(id) && !(_ofOthers.TryGetValue(id, out long seen) && time.GetElapsedTime(seen) < LookAgainAfter))
                {
                    AdoptUnlessUnreadable(id, wanted);
                }
            }
        }
        catch (Exception error) when (SpoolFiles.IsExpected(error))
        {
            if (_said.First(SpoolWarning.NotRead))
            {
                LogNotRead(ShownDirectory, SpoolFiles.Reason(error));
            }
        }
    }

    private void AdoptUnlessUnreadable(string id, Func<SpoolLane, bool> wanted)
    {
        try
        {
            Adopt(id, wanted);
        }
        catch (Exception error) when (SpoolFiles.IsExpected(error))
        {
            // One log that is not ours to read must not keep us from the others.
            if (_said.First(SpoolWarning.LogNotRead))
            {
                LogLogNotRead(ShownDirectory, SpoolFiles.Reason(error));
            }
        }
    }

    private void Adopt(string id, Func<SpoolLane, bool> wanted)
    {
        if (SpoolLog.TryAdopt(_directory, id, this) is not { } log)
        {
            return;
        }

        // Nobody may ever send again where these go: what is too old goes here, whosever it is.
        log.GiveUp(time.GetUtcNow() - options.MaxAge, this);
        if (!log.HasSegments)
        {
            log.Close();
        }
        else if (log.Lanes.Any(wanted))
        {
            _ofOthers.Remove(id);
            _logs.Add(id, log);
            TellNews();
        }
        else
        {
            // Whoever sends where these go is to find them free.
            _ofOthers[id] = time.GetTimestamp();
            log.Close();
        }
    }
}
