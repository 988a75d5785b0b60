namespace OpencodeOtel.Pipeline.Checking;

/// <summary>Whether a directory can be written to, within the time of a check.</summary>
internal static class DirectoryCheck
{
    /// <summary>Tries it.</summary>
    /// <param name="check">What the check is called.</param>
    /// <param name="directory">The directory.</param>
    /// <param name="look">Says what else is to be told of it.</param>
    /// <param name="time">The real clock.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<CheckResult> RunAsync(string check, string directory, Func<string> look, TimeProvider time, CancellationToken cancellationToken)
    {
        string path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory));
        bool exists = Directory.Exists(path);
        string seen = string.Empty;
        CheckLimit limit = CheckLimit.Most(time);
        try
        {
            // Beside this thread: a file system of the network may hang.
            string? failure = await limit.RunAsync(stop => Task.Run(() => DirectoryProbe.Run(path, () => seen = look()), stop), cancellationToken).ConfigureAwait(false);
            return failure is null
                ? new CheckResult(check, path, CheckStatus.Ok, string.Join(", ", new[] { exists ? "writable" : "can be made, writable", seen }.Where(part => part.Length > 0)))
                : new CheckResult(check, path, CheckStatus.Failed, $"cannot be written to: {failure}", "name a directory that this user may write to");
        }
        catch (TimeoutException)
        {
            return new CheckResult(check, path, CheckStatus.Failed, CheckText.NotWithin(limit.Length), "the file system does not answer");
        }
    }
}
