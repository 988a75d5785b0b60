using System.Runtime.InteropServices;

namespace OpencodeOtel.Cli.Terminal;

/// <summary>SIGINT and SIGTERM: the first asks to stop in order, the second ends the process at once. Unless somebody else takes them.</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly PosixSignalRegistration[] _registrations;
    private int _exitCode;
    private volatile Action<PosixSignal>? _taker;

    /// <summary>Starts to listen.</summary>
    public StopSignals() => _registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, context => OnSignal(context, Terminal.ExitCode.Interrupted)),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => OnSignal(context, Terminal.ExitCode.Terminated)),
        PosixSignalRegistration.Create(PosixSignal.SIGHUP, OnOther),
        PosixSignalRegistration.Create(PosixSignal.SIGQUIT, OnOther),
    ];

    /// <summary>Gets the token that the first signal cancels.</summary>
    public CancellationToken Stop => _stop.Token;

    /// <summary>Gets the exit code that the first signal asks for; 0 without one.</summary>
    public int ExitCode => Volatile.Read(ref _exitCode);

    /// <summary>Gives every signal, also SIGHUP and SIGQUIT, to <paramref name="taker"/> instead; <see langword="null"/> gives them back.</summary>
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

        if (Interlocked.CompareExchange(ref _exitCode, exitCode, 0) != 0)
        {
            Environment.Exit(exitCode);
        }

        _stop.Cancel();
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
