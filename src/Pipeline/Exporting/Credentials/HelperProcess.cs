using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace OpencodeOtel.Pipeline.Exporting.Credentials;

/// <summary>Runs a program without a shell, arguments or standard input, and takes what it prints. It is bounded in time and size, and ended with all that it started.</summary>
internal static class HelperProcess
{
    private const int MaxOutputBytes = 1024 * 1024;
    private const int ReadBytes = 4096;
    private const string TooMuch = "printed more than 1 MiB";

    // errno(3) of an exec that did not come about.
    private const int NoSuchFile = 2;
    private const int BadFormat = 8;
    private const int NoAccess = 13;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    // What a program that has ended had printed is read in no time; what it left behind may hold the pipe open for ever.
    private static readonly TimeSpan ReadingAfterExit = TimeSpan.FromSeconds(1);

    /// <summary>Runs a file to its end.</summary>
    /// <param name="file">Its full path.</param>
    /// <param name="directory">The working directory.</param>
    /// <param name="time">Measures the limit of 5 s.</param>
    /// <param name="cancellationToken">Ends it before.</param>
    /// <returns>What it printed; or what went wrong, after its name.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled; the program was ended.</exception>
    public static async Task<(ReadOnlyMemory<byte> Output, string? Problem)> RunAsync(
        string file, string directory, TimeProvider time, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (Start(file, directory, out Process? started) is { } problem)
        {
            return (default, problem);
        }

        using Process process = started!;
        using CancellationTokenSource limit = new(Limit, time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        void EndWithUs(object? sender, EventArgs e) => End(process);
        AppDomain.CurrentDomain.ProcessExit += EndWithUs;
        process.StandardInput.Close();
        using Stream output = process.StandardOutput.BaseStream;
        using Stream errors = process.StandardError.BaseStream;
        Task discarding = DiscardAsync(errors, either.Token);
        try
        {
            return await FinishAsync(process, output, time, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (default, string.Create(CultureInfo.InvariantCulture, $"did not end within {Limit.TotalSeconds:0} s"));
        }
        finally
        {
            AppDomain.CurrentDomain.ProcessExit -= EndWithUs;
            End(process);
            await either.CancelAsync().ConfigureAwait(false);
            await discarding.ConfigureAwait(false);
        }
    }

    private static string? Start(string file, string directory, out Process? process)
    {
        process = null;
        if (!File.Exists(file))
        {
            return Directory.Exists(file) ? "is a directory" : "does not exist";
        }

        try
        {
            process = Process.Start(new ProcessStartInfo(file)
            {
                UseShellExecute = false,
                CreateNoWindow = true,
                WorkingDirectory = directory,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            });
            return process is null ? "cannot be started" : null;
        }
        catch (Win32Exception error)
        {
            return error.NativeErrorCode switch
            {
                NoSuchFile => "names an interpreter that does not exist",
                NoAccess => "is not executable",
                BadFormat => "is no program that can be started; a script needs a first line such as #!/bin/sh",
                int code => string.Create(CultureInfo.InvariantCulture, $"cannot be started (error {code})"),
            };
        }
    }

    private static async Task<(ReadOnlyMemory<byte> Output, string? Problem)> FinishAsync(
        Process process, Stream output, TimeProvider time, CancellationToken cancellationToken)
    {
        using CancellationTokenSource enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        MemoryStream read = new();
        Task<bool> reading = ReadAsync(output, read, enough.Token);
        try
        {
            Task exiting = process.WaitForExitAsync(cancellationToken);
            if (await Task.WhenAny(reading, exiting).ConfigureAwait(false) == reading && !await reading.ConfigureAwait(false))
            {
                return (default, TooMuch);
            }

            await exiting.ConfigureAwait(false);
            await Task.WhenAny(reading, Task.Delay(ReadingAfterExit, time, enough.Token)).ConfigureAwait(false);
        }
        finally
        {
            await enough.CancelAsync().ConfigureAwait(false);
            await reading.ConfigureAwait(false);
        }

        return process.ExitCode != 0 ? (default, string.Create(CultureInfo.InvariantCulture, $"ended with exit code {process.ExitCode}"))
            : await reading.ConfigureAwait(false) ? (read.ToArray(), null)
            : (default, TooMuch);
    }

    /// <summary>Reads to the end, or until cancelled.</summary>
    /// <returns>Whether it was not too much.</returns>
    private static async Task<bool> ReadAsync(Stream from, MemoryStream to, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[ReadBytes];
        try
        {
            int count;
            while ((count = await from.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
            {
                to.Write(buffer, 0, count);
                if (to.Length > MaxOutputBytes)
                {
                    return false;
                }
            }
        }
        catch (Exception error) when (error is OperationCanceledException or IOException)
        {
            // What was read by now is what there is.
        }

        return true;
    }

    /// <summary>Takes what is printed as errors, so that the program need not wait; it may hold secrets and is shown nowhere.</summary>
    private static async Task DiscardAsync(Stream errors, CancellationToken cancellationToken)
    {
        try
        {
            await errors.CopyToAsync(Stream.Null, ReadBytes, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is OperationCanceledException or IOException)
        {
            // Nobody wants the rest.
        }
    }

    private static void End(Process process)
    {
        try
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
        catch (Exception error) when (error is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It ended by itself, or is not ours to end: it has changed its user.
        }
    }
}
