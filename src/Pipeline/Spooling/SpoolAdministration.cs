namespace OpencodeOtel.Pipeline.Spooling;

/// <summary>What a person may do with a spool directory.</summary>
public static class SpoolAdministration
{
    /// <summary>Looks at what waits, without touching it. A directory that is not there is an empty spool.</summary>
    /// <param name="directory">The directory.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static SpoolContents Read(string directory) => new SpoolReading(new SpoolDirectory(directory)).Read();

    /// <summary>Drops what waits, except what a running process has in its hands.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="olderThan">Drops only what has waited for longer; <see langword="null"/> for everything.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static SpoolPurged Purge(string directory, TimeSpan? olderThan, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        DateTimeOffset before = olderThan is { } age ? time.GetUtcNow() - age : DateTimeOffset.MaxValue;
        return new SpoolPurge(new SpoolDirectory(directory)).Run(before);
    }
}
