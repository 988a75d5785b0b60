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
                if (!_logs.ContainsKey(id) && !_ofOthers.Contains(id))
                {
                    Adopt(id, wanted);
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

    private void Adopt(string id, Func<SpoolLane, bool> wanted)
    {
        if (SpoolLog.TryAdopt(_directory, id, this) is not { } log)
        {
            return;
        }

        if (log.Lanes.Any(wanted))
        {
            _logs.Add(id, log);
            TellNews();
            return;
        }

        // Whoever sends where these go is to find them free.
        _ofOthers.Add(id);
        log.Close();
    }
}
