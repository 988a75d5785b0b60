using System.Diagnostics;
using System.Reflection;

namespace OpencodeOtel.EndToEnd.Support;

/// <summary>Starts the built program: the one beside the tests, or the native one that OPENCODE_OTEL_BINARY names.</summary>
public static class CliProcess
{
    /// <summary>Nothing that the tests start may take longer.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(90);

    private static readonly string? NativeBinary = Environment.GetEnvironmentVariable("OPENCODE_OTEL_BINARY");

    /// <summary>Gets the words that start the program.</summary>
    public static IReadOnlyList<string> Command { get; } =
        string.IsNullOrEmpty(NativeBinary) ? ["dotnet", Metadata("CliPath")] : [NativeBinary];

    /// <summary>Gets the folder that the project was built in.</summary>
    public static string RepositoryRoot { get; } = Metadata("RepositoryRoot");

    /// <summary>Runs to the end, with <paramref name="input"/> on standard input.</summary>
    public static async Task<CliResult> RunAsync(
        IReadOnlyList<string> arguments,
        byte[]? input = null,
        IReadOnlyDictionary<string, string>? environment = null,
        string? workingDirectory = null)
    {
        using Process process = Start(arguments, environment, workingDirectory);
        using var deadline = new CancellationTokenSource(Deadline);
        Task writing = WriteAsync(process, input ?? [], deadline.Token);
        CliResult result = await FinishAsync(process, deadline.Token);
        await writing;
        return result;
    }

    /// <summary>Starts it with all three streams redirected; the caller ends it.</summary>
    public static Process Start(
        IReadOnlyList<string> arguments,
        IReadOnlyDictionary<string, string>? environment = null,
        string? workingDirectory = null)
    {
        // Whoever runs the tests in the background has SIGINT ignored, and the program would inherit that.
        string[] prefix = OperatingSystem.IsLinux() ? ["env", "--default-signal=INT"] : [];
        string[] words = [.. prefix, .. Command, .. arguments];
        var start = new ProcessStartInfo
        {
            FileName = words[0],
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = workingDirectory ?? AppContext.BaseDirectory,
        };
        foreach (string argument in words.Skip(1))
        {
            start.ArgumentList.Add(argument);
        }

        foreach (string name in start.Environment.Keys.Where(IsOurs).ToList())
        {
            start.Environment.Remove(name);
        }

        // As a shell does: opencode believes this variable before it asks where it is.
        start.Environment["PWD"] = start.WorkingDirectory;
        foreach ((string name, string value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        return Process.Start(start) ?? throw new InvalidOperationException("The program did not start.");
    }

    /// <summary>Reads what a started program prints until it ends.</summary>
    public static async Task<CliResult> FinishAsync(Process process, CancellationToken cancellationToken)
    {
        try
        {
            using var output = new MemoryStream();
            Task copying = process.StandardOutput.BaseStream.CopyToAsync(output, cancellationToken);
            Task<string> error = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            await copying;
            return new CliResult(process.ExitCode, output.ToArray(), await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException("The program did not end within the deadline.");
        }
    }

    private static async Task WriteAsync(Process process, byte[] input, CancellationToken cancellationToken)
    {
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(input, cancellationToken);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The program may end without reading everything; its exit code and output say why.
        }
    }

    private static bool IsOurs(string name) =>
        name.StartsWith("OPENCODE_", StringComparison.Ordinal)
        || name.StartsWith("OTEL_", StringComparison.Ordinal)
        || name.EndsWith("_PROXY", StringComparison.OrdinalIgnoreCase)
        || name is "TRACEPARENT" or "TRACESTATE";

    private static string Metadata(string key) =>
        typeof(CliProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(attribute => attribute.Key == key).Value!;
}
