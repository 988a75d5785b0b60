namespace OpencodeOtel.Pipeline.Spooling;

/// <summary>Files and directories that only their owner may read: what is spooled may hold prompts and tool output.</summary>
internal static class SpoolFiles
{
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerDirectory = OwnerFile | UnixFileMode.UserExecute;

    /// <summary>Opens a file for writing, with no buffer between us and the system.</summary>
    /// <exception cref="IOException">It cannot be opened; with <see cref="FileShare.None"/> also because another process has it.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be opened.</exception>
    public static FileStream Create(string path, FileMode mode, FileShare share = FileShare.ReadWrite | FileShare.Delete)
    {
        FileStreamOptions options = new() { Mode = mode, Access = FileAccess.ReadWrite, Share = share, BufferSize = 0 };
        if (mode != FileMode.Open && !OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerFile;
        }

        return new FileStream(path, options);
    }

    /// <summary>Takes away what a file holds behind <paramref name="length"/>.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static void Cut(string path, long length)
    {
        using FileStream file = Create(path, FileMode.Open);
        file.SetLength(length);
    }

    /// <summary>Whether a file could not be opened because another process holds it.</summary>
    public static bool IsHeld(IOException error) => error.HResult is WouldBlock or WouldBlockBsd or SharingViolation or LockViolation;

    /// <summary>Whether a file could not be made because there is one.</summary>
    public static bool IsThere(IOException error) => error.HResult is Exists or ExistsWindows or AlreadyExistsWindows;

    /// <summary>Makes a directory and those above it; of one that exists, nothing is changed.</summary>
    public static void CreateDirectory(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, OwnerDirectory);
        }
    }

    /// <summary>Whether an exception is one that a disk may cause: full, read-only, gone, not ours.</summary>
    public static bool IsExpected(Exception error) => error is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException;

    /// <summary>What happened, without the path, which the message of the runtime holds.</summary>
    public static string Reason(Exception error) => error switch
    {
        UnauthorizedAccessException => "permission denied",
        DirectoryNotFoundException or FileNotFoundException => "there is no such directory",
        PathTooLongException => "the path is too long",
        IOException { HResult: NoSpace or NoSpaceWindows } => "the disk is full",
        IOException { HResult: FileTooLarge } => "a file may not grow that large",
        IOException { HResult: ReadOnly } => "the file system is read-only",
        _ => error.GetType().Name,
    };

    // Numbers of the system, which the runtime hands on: errno elsewhere, ERROR_DISK_FULL with Windows.
    private const int WouldBlock = 11;
    private const int WouldBlockBsd = 35;
    private const int SharingViolation = unchecked((int)0x80070020);
    private const int LockViolation = unchecked((int)0x80070021);
    private const int Exists = 17;
    private const int ExistsWindows = unchecked((int)0x80070050);
    private const int AlreadyExistsWindows = unchecked((int)0x800700B7);
    private const int NoSpace = 28;
    private const int FileTooLarge = 27;
    private const int ReadOnly = 30;
    private const int NoSpaceWindows = unchecked((int)0x80070070);
}
