using OpencodeOtel.Pipeline.Configuration;

namespace OpencodeOtel.Pipeline.Exporting.Credentials;

/// <summary>A program that prints the headers of exports as a JSON object of strings: tokens that expire, for the most part.</summary>
/// <remarks>
/// It runs without a shell and without arguments, inherits the environment, has no standard input, and is ended after 5 s with all
/// that it started. What it prints as errors is shown nowhere.
/// </remarks>
public sealed class HeadersHelper
{
    private readonly string _directory;
    private readonly bool _grpc;
    private readonly TimeProvider _time;

    /// <summary>Runs nothing yet.</summary>
    /// <param name="path">The program; <c>${PROJECT_ROOT}</c>, <c>${WORKTREE}</c> and <c>${DIRECTORY}</c> are replaced.</param>
    /// <param name="directory">The working directory, in full.</param>
    /// <param name="grpc">Whether the headers become gRPC metadata, which allows less in names.</param>
    /// <param name="time">The real clock; the system's by default.</param>
    public HeadersHelper(string path, string directory, bool grpc, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(directory);
        _directory = directory;
        _grpc = grpc;
        _time = time ?? TimeProvider.System;
        Path = HelperPath.Expand(path, directory);
    }

    /// <summary>Gets the full path of the program.</summary>
    public string Path { get; }

    /// <summary>The helper of an exporter; <see langword="null"/> if it has none.</summary>
    /// <param name="exporter">The exporter.</param>
    /// <param name="time">The real clock; the system's by default.</param>
    public static HeadersHelper? For(ExporterOptions exporter, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(exporter);
        bool grpc = new[] { exporter.Traces, exporter.Metrics, exporter.Logs }.Any(destination => destination?.Protocol == OtlpProtocol.Grpc);
        return exporter.HeadersHelper is { } path ? new HeadersHelper(path, Environment.CurrentDirectory, grpc, time) : null;
    }

    /// <summary>Runs the program once. What goes wrong with it is a result.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled; the program was ended.</exception>
    public async Task<HelperResult> RunAsync(CancellationToken cancellationToken)
    {
        long start = _time.GetTimestamp();
        (ReadOnlyMemory<byte> output, string? problem) = await HelperProcess.RunAsync(Path, _directory, _time, cancellationToken).ConfigureAwait(false);
        List<KeyValuePair<string, Secret>> headers = [];
        problem ??= HelperOutput.Read(output.Span, _grpc, out headers);
        return new HelperResult
        {
            Headers = headers,
            Failure = problem is null ? null : $"the headers helper {ShownText.Of(Path)} {problem}",
            Duration = _time.GetElapsedTime(start),
        };
    }
}
