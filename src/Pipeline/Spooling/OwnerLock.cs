namespace OpencodeOtel.Pipeline.Spooling;

/// <summary>The right to a log: a file that is held open for nobody else. The system takes it from a process that dies, however it dies.</summary>
internal sealed class OwnerLock : IDisposable
{
    private readonly FileStream _file;

    private OwnerLock(FileStream file) => _file = file;

    /// <summary>Takes the lock of a log.</summary>
    /// <param name="path">The lock's file; made if there is none.</param>
    /// <param name="mode"><see cref="FileMode.CreateNew"/> for a new log.</param>
    /// <returns>The lock; <see langword="null"/> while another owner has it.</returns>
    /// <exception cref="UnauthorizedAccessException">The directory is not ours to write in.</exception>
    public static OwnerLock? TryTake(string path, FileMode mode)
    {
        try
        {
            // "None" is what makes a lock on every system.
            return new OwnerLock(SpoolFiles.Create(path, mode, FileShare.None));
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
    }

    /// <summary>Removes the file and gives the lock up, once the log is gone.</summary>
    public void Delete()
    {
        string path = _file.Name;
        if (OperatingSystem.IsWindows())
        {
            _file.Dispose();
            File.Delete(path);
            return;
        }

        // While it is still held: whoever opens it later makes a new one, and finds no log beside it.
        File.Delete(path);
        _file.Dispose();
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
