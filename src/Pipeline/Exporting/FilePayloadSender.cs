using OpencodeOtel.Otlp;
using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Configuration;

namespace OpencodeOtel.Pipeline.Exporting;

/// <summary>OpenTelemetry's file exporter: <c>traces.jsonl</c>, <c>metrics.jsonl</c> and <c>logs.jsonl</c>, one OTLP/JSON object a line.</summary>
/// <remarks>
/// The directory and the files are made when first needed; existing files are appended to. While a file is open no other process
/// appends to it. A line that cannot be written whole is taken back. Form:
/// <see href="https://github.com/open-telemetry/opentelemetry-specification/blob/v1.60.0/specification/protocol/file-exporter.md"/>.
/// </remarks>
internal sealed class FilePayloadSender(string directory) : IPayloadSender
{
    // Elsewhere than on Windows only "none" makes a lock, and it keeps out nobody but further .NET programs.
    private static readonly FileShare OneWriter = OperatingSystem.IsWindows() ? FileShare.Read : FileShare.None;

    private static readonly byte[] LineEnd = "\n"u8.ToArray();

    private readonly SemaphoreSlim _oneWriter = new(1, 1);
    private readonly FileStream?[] _files = new FileStream?[3];

    /// <inheritdoc/>
    public WireForm Form => WireForm.Json;

    /// <inheritdoc/>
    public async ValueTask<SendResult> SendAsync(ExportRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        await _oneWriter.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return Open(request.Signal) ?? await AppendAsync(_files[(int)request.Signal]!, request, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _oneWriter.Release();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (FileStream? file in _files)
        {
            if (file is not null)
            {
                await file.DisposeAsync().ConfigureAwait(false);
            }
        }

        _oneWriter.Dispose();
    }

    private string PathOf(Signal signal) => Path.Combine(directory, signal switch
    {
        Signal.Traces => "traces.jsonl",
        Signal.Metrics => "metrics.jsonl",
        _ => "logs.jsonl",
    });

    /// <summary>Opens the file of a signal; <see langword="null"/> when it is open.</summary>
    private SendResult? Open(Signal signal)
    {
        if (_files[(int)signal] is not null)
        {
            return null;
        }

        string path = PathOf(signal);
        try
        {
            Directory.CreateDirectory(directory);

            // No buffer: a payload is written in one piece, and is with the system when its delivery is counted.
            FileStream file = new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, OneWriter, bufferSize: 0);
            _files[(int)signal] = file;
            EndLine(file);
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            Forget(signal);
            return new SendResult(SendOutcome.Refused, Message: $"{ShownText.Of(path)} cannot be opened: {Reason(error)}");
        }
    }

    /// <summary>Goes to the end; a last line that was cut short is ended, so that it spoils no other.</summary>
    private static void EndLine(FileStream file)
    {
        if (file.Length > 0)
        {
            file.Seek(-1, SeekOrigin.End);
            if (file.ReadByte() != LineEnd[0])
            {
                file.Write(LineEnd);
            }
        }
    }

    private async ValueTask<SendResult> AppendAsync(FileStream file, ExportRequest request, CancellationToken cancellationToken)
    {
        long start = file.Position;
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            await file.WriteAsync(request.Body, CancellationToken.None).ConfigureAwait(false);
            await file.WriteAsync(LineEnd, CancellationToken.None).ConfigureAwait(false);
            return new SendResult(SendOutcome.Accepted);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            TakeBack(file, start);
            Forget(request.Signal);
            return new SendResult(SendOutcome.Retryable, Message: $"{ShownText.Of(PathOf(request.Signal))} cannot be written: {Reason(error)}");
        }
    }

    private static void TakeBack(FileStream file, long length)
    {
        try
        {
            file.SetLength(length);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            // What is left of the line is ended when the file is opened again.
        }
    }

    private void Forget(Signal signal)
    {
        FileStream? file = _files[(int)signal];
        _files[(int)signal] = null;
        try
        {
            file?.Dispose();
        }
        catch (IOException)
        {
            // There is nothing in its buffer; the reason is reported with the write that failed.
        }
    }

    /// <summary>The reason in the system's words, which the runtime puts before the path.</summary>
    private static string Reason(Exception error) => error switch
    {
        UnauthorizedAccessException => "permission denied",
        DirectoryNotFoundException => "the directory cannot be made",
        _ => ShownText.Of(error.Message),
    };
}
