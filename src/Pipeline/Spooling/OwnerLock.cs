namespace OpencodeOtel.Pipeline.Spooling;

/// <summary>The right to a log: a file that is held open for nobody else. The system takes it from a process that dies, however it dies.</summary>
internal sealed class OwnerLock : IDisposable
{
    private const int MaxTries = 16;

    private readonly FileStream _file;

    private OwnerLock(FileStream file) => _file = file;

    /// <summary>Takes the lock of a log.</summary>
    /// <param name="path">The lock's file; made if there is none.</param>
    /// <param name="mode"><see cref="FileMode.CreateNew"/> for a new log; <see cref="FileMode.Open"/> only to see whether it is free.</param>
    /// <returns>The lock; <see langword="null"/> while another owner has it, or had that name before.</returns>
    /// <exception cref="IOException">It cannot be opened, for another reason: there is no room, or the file system is read-only.</exception>
    /// <exception cref="UnauthorizedAccessException">The directory is not ours to write in.</exception>
    public static OwnerLock? TryTake(string path, FileMode mode)
    {
        for (int tries = 0; tries < MaxTries; tries++)
        {
            OwnerLock taken;
            try
            {
                // "None" is what makes a lock on every system.
                taken = new OwnerLock(SpoolFiles.Create(path, mode, FileShare.None));
            }
            catch (IOException error) when (SpoolFiles.IsHeld(error) || (mode == FileMode.CreateNew && SpoolFiles.IsThere(error)))
            {
                return null;
            }

            if (mode == FileMode.Open || taken.IsInPlace())
            {
                return taken;
            }

            taken.Dispose();
            if (mode == FileMode.CreateNew)
            {
                return null;
            }
        }

        return null;
    }

    /// <summary>Whether the file that is held is the one that others find: between opening and locking, its last owner may have removed it.</summary>
    /// <remarks>
    /// .NET tells no file from another, so the time of its last change, set by whoever takes it, stands for the file. Setting it takes
    /// no room on a full disk.
    /// </remarks>
    public bool IsInPlace()
    {
        if (OperatingSystem.IsWindows())
        {
            return true; // A file that is open cannot be removed there.
        }

        try
        {
            File.SetLastWriteTimeUtc(_file.SafeFileHandle, TimeProvider.System.GetUtcNow().UtcDateTime);
            return File.Exists(_file.Name) && File.GetLastWriteTimeUtc(_file.Name) == File.GetLastWriteTimeUtc(_file.SafeFileHandle);
        }
        catch
        {
            _file.Dispose();
            throw;
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
        try
        {
            File.Delete(path);
        }
        finally
        {
            _file.Dispose();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
