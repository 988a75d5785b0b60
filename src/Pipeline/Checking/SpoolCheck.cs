using System.Globalization;
using System.Runtime.CompilerServices;
using OpencodeOtel.Pipeline.Configuration;
using OpencodeOtel.Pipeline.Spooling;

namespace OpencodeOtel.Pipeline.Checking;

/// <summary>Whether requests can wait on disk.</summary>
internal static class SpoolCheck
{
    private const string Check = "spool";

    /// <summary>Runs it.</summary>
    public static async IAsyncEnumerable<CheckResult> RunAsync(TelemetryOptions options, TimeProvider time, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return options.SpoolDirectory is { } directory
            ? await DirectoryCheck.RunAsync(Check, directory, () => Look(directory, options.SpoolLimitBytes), time, cancellationToken).ConfigureAwait(false)
            : new CheckResult(Check, "none", CheckStatus.Skipped, "there is none: what cannot be delivered waits in memory only (--spool DIR)");
    }

    private static string Look(string directory, long limit)
    {
        SpoolContents contents = SpoolAdministration.Read(directory);
        string waiting = contents.Requests == 0 ? "nothing waits"
            : string.Create(CultureInfo.InvariantCulture, $"{contents.Requests:N0} request{(contents.Requests == 1 ? " waits" : "s wait")}, {CheckText.Size(contents.Bytes)}");
        string damage = contents.Damage.IsNone ? string.Empty : ", something there is damaged (spool list)";
        long? free = Free(directory);
        string room = free is not { } bytes ? string.Empty
            : bytes < limit - contents.Bytes ? $", only {CheckText.Size(bytes)} free for a limit of {CheckText.Size(limit)}"
            : $", {CheckText.Size(bytes)} free for a limit of {CheckText.Size(limit)}";
        return $"{waiting}{damage}{room}";
    }

    /// <summary>The free space of the file system; <see langword="null"/> where it cannot be told.</summary>
    private static long? Free(string directory)
    {
        try
        {
            return new DriveInfo(directory).AvailableFreeSpace;
        }
        catch (Exception error) when (SpoolFiles.IsExpected(error))
        {
            return null;
        }
    }
}
