namespace OpencodeOtel.Cli.Terminal;

/// <summary>What the program tells its caller by its exit code.</summary>
internal static class ExitCode
{
    /// <summary>Done; telemetry that could not be delivered is a warning.</summary>
    public const int Done = 0;

    /// <summary>An error that nobody expected.</summary>
    public const int Unexpected = 1;

    /// <summary>A check of <c>doctor</c> failed.</summary>
    public const int CheckFailed = 1;

    /// <summary>Usage or configuration.</summary>
    public const int Usage = 2;

    /// <summary>With <c>--strict</c>: not all was delivered.</summary>
    public const int NotDelivered = 3;

    /// <summary>After SIGINT: 128 and the signal's number.</summary>
    public const int Interrupted = 130;

    /// <summary>After SIGTERM: 128 and the signal's number.</summary>
    public const int Terminated = 143;
}
