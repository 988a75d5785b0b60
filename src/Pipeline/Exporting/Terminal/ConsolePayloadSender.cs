using System.Text.Json;
using OpencodeOtel.Otlp;
using OpencodeOtel.Otlp.Model;

namespace OpencodeOtel.Pipeline.Exporting.Terminal;

/// <summary>Shows telemetry to a person: a line a log record, a tree a trace, a table of metrics at the end.</summary>
internal sealed class ConsolePayloadSender : IPayloadSender
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 512 };

    private readonly Lock _oneWriter = new();
    private readonly TextWriter _writer;
    private readonly LogLines _logs;
    private readonly TraceTrees _traces;
    private readonly MetricTable _metrics;

    /// <summary>Writes nothing yet.</summary>
    /// <param name="output">Where to write.</param>
    /// <param name="time">Its time zone is that of the reader.</param>
    public ConsolePayloadSender(ConsoleOutput output, TimeProvider time)
    {
        Style style = new(output.Colour);
        _writer = output.Writer;
        _logs = new LogLines(output.Writer, style, time.LocalTimeZone);
        _traces = new TraceTrees(output.Writer, style);
        _metrics = new MetricTable(output.Writer, style);
    }

    /// <inheritdoc/>
    public WireForm Form => WireForm.Json;

    /// <inheritdoc/>
    public ValueTask<SendResult> SendAsync(ExportRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new ValueTask<SendResult>(Write(request.Signal, request.Body));
    }

    /// <summary>Writes a payload; what cannot be read or written is a result.</summary>
    public SendResult Write(Signal signal, ReadOnlyMemory<byte> body)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body, Options);
            lock (_oneWriter)
            {
                switch (signal)
                {
                    case Signal.Logs:
                        _logs.Write(document.RootElement);
                        break;
                    case Signal.Traces:
                        _traces.Write(document.RootElement);
                        break;
                    case Signal.Metrics:
                        _metrics.Take(document.RootElement);
                        break;
                }

                _writer.Flush();
            }

            return new SendResult(SendOutcome.Accepted);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException)
        {
            return new SendResult(SendOutcome.Refused, Message: "a payload is no OTLP/JSON");
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
            return new SendResult(SendOutcome.Refused, Message: "the console cannot be written to");
        }
    }

    /// <summary>Writes what was kept: open traces, then the metrics.</summary>
    public ValueTask DisposeAsync()
    {
        try
        {
            lock (_oneWriter)
            {
                _traces.WriteRest();
                _metrics.Write();
                _writer.Flush();
            }
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
            // The reader is gone: nobody is left to be told.
        }

        return default;
    }
}
