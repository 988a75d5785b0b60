namespace OpencodeOtel.Pipeline.Attaching;

/// <summary>What could not be read, counted; safe for any thread.</summary>
internal sealed class AttachCounts
{
    private long _answersTooLarge;
    private long _sessionsNotRead;
    private long _directoriesNotRead;
    private long _gapsParted;

    /// <summary>An answer was over the limit.</summary>
    public void AnswerTooLarge() => Interlocked.Increment(ref _answersTooLarge);

    /// <summary>Sessions that changed in a gap were not read.</summary>
    public void SessionsNotRead(int count = 1) => Interlocked.Add(ref _sessionsNotRead, count);

    /// <summary>A directory's sessions could not be listed.</summary>
    public void DirectoryNotRead() => Interlocked.Increment(ref _directoriesNotRead);

    /// <summary>A gap was too large to be told at once: sub-agents told in another part than their parents may lose their place.</summary>
    public void GapParted() => Interlocked.Increment(ref _gapsParted);

    /// <summary>Those that are not zero, with their names.</summary>
    public IEnumerable<KeyValuePair<string, long>> ToList() => new KeyValuePair<string, long>[]
    {
        new("answers of a server too large to read", Interlocked.Read(ref _answersTooLarge)),
        new("sessions not read after a gap", Interlocked.Read(ref _sessionsNotRead)),
        new("directories not read after a gap", Interlocked.Read(ref _directoriesNotRead)),
        new("gaps told in parts, for their size", Interlocked.Read(ref _gapsParted)),
    }.Where(count => count.Value > 0);
}
