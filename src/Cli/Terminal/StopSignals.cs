using System.Runtime.InteropServices;

namespace OpencodeOtel.Cli.Terminal;

/// <summary>SIGINT and SIGTERM: the first asks to stop in order, a later one ends the process at once. Unless somebody else takes them.</summary>
/// <remarks>
/// What comes within half a second of the first is the same request: <c>timeout</c> signals the process and then its whole group, and so
/// do others that want to be sure.
/// </remarks>
internal sealed class StopSignals : IDisposable
{
    /// <summary>Signals that follow the first within this time are the same request.</summary>
    public static readonly TimeSpan Together = TimeSpan.FromMilliseconds(500);

    // SIGUSR1 and SIGUSR2, which have no name here, and another number on each system.
    private static readonly int[] ForTheTaker = OperatingSystem.IsLinux() ? [10, 12] : OperatingSystem.IsMacOS() ? [30, 31] : [];

    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stop = new();
    private readonly PosixSignalRegistration[] _registrations;
    private long _askedAt;
    private int _exitCode;
    private volatile Action<PosixSignal>? _taker;

    /// <summary>Starts to listen.</summary>
    /// <param name="time">The clock.</param>
    public StopSignals(TimeProvider time)
    {
        _time = time;
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, context => OnSignal(context, Terminal.ExitCode.Interrupted)),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => OnSignal(context, Terminal.ExitCode.Terminated)),
            PosixSignalRegistration.Create(PosixSignal.SIGHUP, OnOther),
            PosixSignalRegistration.Create(PosixSignal.SIGQUIT, OnOther),
            .. ForTheTaker.Select(number => PosixSignalRegistration.Create((PosixSignal)number, OnOther)),
        ];
    }

    /// <summary>Gets the token that the first signal cancels.</summary>
    public CancellationToken Stop => _stop.Token;

    /// <summary>Gets the exit code that the first signal asks for; 0 without one.</summary>
    public int ExitCode => Volatile.Read(ref _exitCode);

    /// <summary>Gives every signal, also SIGHUP, SIGQUIT, SIGUSR1 and SIGUSR2, to <paramref name="taker"/> instead; <see langword="null"/> gives them back.</summary>
    public void GiveTo(Action<PosixSignal>? taker) => _taker = taker;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
        {
            registration.Dispose();
        }

        _stop.Dispose();
    }

    private void OnSignal(PosixSignalContext context, int exitCode)
    {
        context.Cancel = true;
        if (_taker is { } taker)
        {
            taker(context.Signal);
            return;
        }

        long now = _time.GetTimestamp();
        long first = Interlocked.CompareExchange(ref _askedAt, now, 0);
        if (first == 0)
        {
            Volatile.Write(ref _exitCode, exitCode);
            _stop.Cancel();
        }
        else if (_time.GetElapsedTime(first, now) >= Together)
        {
            Environment.Exit(exitCode);
        }
    }

    // What these do to a process that does not ask for them is right for us, as long as nobody takes them.
    private void OnOther(PosixSignalContext context)
    {
        if (_taker is { } taker)
        {
            context.Cancel = true;
            taker(context.Signal);
        }
    }
}
