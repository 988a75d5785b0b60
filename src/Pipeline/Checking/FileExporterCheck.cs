using System.Runtime.CompilerServices;

namespace OpencodeOtel.Pipeline.Checking;

/// <summary>Whether a file exporter can write.</summary>
internal static class FileExporterCheck
{
    /// <summary>Runs it.</summary>
    public static async IAsyncEnumerable<CheckResult> RunAsync(string directory, TimeProvider time, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return await DirectoryCheck.RunAsync("file exporter", directory, static () => string.Empty, time, cancellationToken).ConfigureAwait(false);
    }
}
