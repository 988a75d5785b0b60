using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace OpencodeOtel.Cli.Wrapping;

/// <summary>A command as a child of this process: its streams and terminal are ours, signals reach it, its exit code is told as a shell would.</summary>
internal sealed class WrappedCommand : IDisposable
{
    private const int ExecFormatError = 8;

    private readonly Process _process;

    private WrappedCommand(Process process, bool isTapped)
    {
        _process = process;
        Output = isTapped ? process.StandardOutput.BaseStream : null;
    }

    /// <summary>Gets its standard output when that was to be read here; otherwise it is ours, inherited.</summary>
    public Stream? Output { get; }

    /// <summary>Starts a command.</summary>
    /// <param name="words">The command and its arguments.</param>
    /// <param name="variables">Variables that it gets besides ours.</param>
    /// <param name="isTapped">Whether its standard output is to be read here instead of inherited.</param>
    /// <param name="command">The command, when the result is 0.</param>
    /// <returns>0, or the exit code of a command that cannot be started.</returns>
    public static int TryStart(
        IReadOnlyList<string> words, IReadOnlyDictionary<string, string> variables, bool isTapped, out WrappedCommand? command)
    {
        command = null;
        int found = CommandFile.Find(words[0], Environment.GetEnvironmentVariable("PATH"), out string file);
        if (found != 0)
        {
            return found;
        }

        try
        {
            command = new WrappedCommand(Start(file, words.Skip(1), variables, isTapped), isTapped);
            return 0;
        }
        catch (Win32Exception e) when (e.NativeErrorCode == ExecFormatError && !OperatingSystem.IsWindows())
        {
            // A script without an interpreter line, which a shell runs itself.
            command = new WrappedCommand(Start("/bin/sh", words.Skip(1).Prepend(file), variables, isTapped), isTapped);
            return 0;
        }
        catch (Win32Exception)
        {
            return OperatingSystem.IsWindows() ? CommandFile.NotFound : CommandFile.NotExecutable;
        }
    }

    /// <summary>Hands a signal on. One that the terminal sends to the whole foreground has reached the command already.</summary>
    public void Forward(PosixSignal signal)
    {
        int? number = signal switch
        {
            PosixSignal.SIGHUP => 1,
            PosixSignal.SIGINT => 2,
            PosixSignal.SIGQUIT => 3,
            PosixSignal.SIGTERM => 15,
            _ => (int)signal > 0 ? (int)signal : null, // A number of this system, which has no name.
        };
        if (number is { } value && !(signal is PosixSignal.SIGINT or PosixSignal.SIGQUIT && NativeProcess.IsInForeground()) && !_process.HasExited)
        {
            NativeProcess.Signal(_process.Id, value);
        }
    }

    /// <summary>Waits for its end.</summary>
    /// <returns>Its exit code; 128 and the signal's number when a signal ended it.</returns>
    public async Task<int> WaitAsync()
    {
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    /// <inheritdoc/>
    public void Dispose() => _process.Dispose();

    private static Process Start(string file, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> variables, bool isTapped)
    {
        var start = new ProcessStartInfo(file, arguments) { UseShellExecute = false, RedirectStandardOutput = isTapped };
        foreach ((string name, string value) in variables)
        {
            start.Environment[name] = value;
        }

        return NativeProcess.Start(start);
    }
}
