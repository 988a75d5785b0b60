using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace OpencodeOtel.Cli.Wrapping;

/// <summary>What the class library does not offer about processes of Unix.</summary>
internal static partial class NativeProcess
{
    private const int BrokenPipe = 13;
    private const nint DefaultHandler = 0;
    private const short ReadyToRead = 1;

    /// <summary>Sends a signal; a process that is gone is no error.</summary>
    public static void Signal(int processId, int signal)
    {
        if (!OperatingSystem.IsWindows())
        {
            _ = Kill(processId, signal);
        }
    }

    /// <summary>Whether a Ctrl-C in the terminal reaches this process, and with it its children.</summary>
    public static bool IsInForeground()
    {
        if (OperatingSystem.IsWindows())
        {
            return true; // A console's events go to all that are attached to it.
        }

        try
        {
            using SafeFileHandle terminal = File.OpenHandle("/dev/tty", FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            return TerminalGroup(terminal) == OwnGroup();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false; // No terminal: a job, a service.
        }
    }

    /// <summary>Whether a pipe has something to read, or has come to its end: on a busy machine it may be long before that is read.</summary>
    public static bool HasInput(SafePipeHandle pipe)
    {
        bool isHeld = false;
        try
        {
            pipe.DangerousAddRef(ref isHeld);
            var waiting = new PollEntry { Descriptor = (int)pipe.DangerousGetHandle(), Events = ReadyToRead };
            return !OperatingSystem.IsWindows() && Poll(ref waiting, 1, 0) > 0;
        }
        catch (ObjectDisposedException)
        {
            return false; // Nobody reads it any more.
        }
        finally
        {
            if (isHeld)
            {
                pipe.DangerousRelease();
            }
        }
    }

    /// <summary>
    /// Starts a process that a closed pipe ends, as one from a shell. The runtime ignores SIGPIPE, and a child inherits that: then
    /// <c>yes | head</c> ends with a complaint and a failure. So for the moment of the start, SIGPIPE is what it was.
    /// </summary>
    public static Process Start(ProcessStartInfo start)
    {
        if (OperatingSystem.IsWindows())
        {
            return Process.Start(start)!;
        }

        nint before = SetHandler(BrokenPipe, DefaultHandler);
        try
        {
            return Process.Start(start)!;
        }
        finally
        {
            _ = SetHandler(BrokenPipe, before);
        }
    }

    [LibraryImport("libc", EntryPoint = "signal")]
    private static partial nint SetHandler(int signal, nint handler);

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int processId, int signal);

    [LibraryImport("libc", EntryPoint = "poll")]
    private static partial int Poll(ref PollEntry entries, nuint count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "tcgetpgrp")]
    private static partial int TerminalGroup(SafeFileHandle terminal);

    [LibraryImport("libc", EntryPoint = "getpgrp")]
    private static partial int OwnGroup();

    [StructLayout(LayoutKind.Sequential)]
    private struct PollEntry
    {
        public int Descriptor;
        public short Events;
        public short Happened;
    }
}
