using System.IO.Pipelines;
using System.Net;

namespace OpencodeOtel.Pipeline.Attaching;

/// <summary>One connection to a server's event stream: reads as fast as bytes come, and holds them until they are taken.</summary>
/// <remarks>Begin with <see cref="OpenAsync"/>; then <see cref="Reader"/> has the bytes, and <see cref="Ending"/> says how it came to its end.</remarks>
internal sealed class ServerConnection : IDisposable
{
    private const int ReadBytes = 64 * 1024;

    private readonly TimeSpan _silence;
    private readonly TimeProvider _time;
    private readonly HttpResponseMessage? _response;
    private readonly Pipe _pipe = new(new PipeOptions(
        pauseWriterThreshold: AttachLimits.HeldBytes,
        resumeWriterThreshold: AttachLimits.HeldBytes / 2,
        minimumSegmentSize: ReadBytes,
        useSynchronizationContext: false));

    private ServerConnection(HttpResponseMessage? response, ConnectionEnd end, TimeSpan silence, TimeProvider time)
    {
        _response = response;
        _silence = silence;
        _time = time;
        Ending = Task.FromResult(end);
        LastContact = time.GetUtcNow();
    }

    /// <summary>Gets a value indicating whether there is a stream to read.</summary>
    public bool IsOpen => _response is not null;

    /// <summary>Gets how it ends; complete when nothing more comes.</summary>
    public Task<ConnectionEnd> Ending { get; private set; }

    /// <summary>Gets the bytes that came.</summary>
    public PipeReader Reader => _pipe.Reader;

    /// <summary>Gets when the last bytes came.</summary>
    public DateTimeOffset LastContact { get; private set; }

    /// <summary>Gets the status of an answer that was no event stream; 0 without one.</summary>
    public int Status { get; private init; }

    /// <summary>Connects, and begins to read.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public static async Task<ServerConnection> OpenAsync(
        ServerApi api, string? directory, TimeSpan silence, TimeProvider time, CancellationToken cancellationToken)
    {
        HttpResponseMessage response;
        try
        {
            response = await api.OpenEventsAsync(directory, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return new ServerConnection(null, ConnectionEnd.NoAnswer, silence, time);
        }
        catch (HttpRequestException e)
        {
            ConnectionEnd end = e.HttpRequestError switch
            {
                HttpRequestError.ConnectionError => ConnectionEnd.Unreachable,
                HttpRequestError.NameResolutionError => ConnectionEnd.UnknownHost,
                HttpRequestError.SecureConnectionError => ConnectionEnd.Insecure,
                _ => ConnectionEnd.Broken,
            };
            return new ServerConnection(null, end, silence, time);
        }

        if (response.StatusCode == HttpStatusCode.OK && response.Content.Headers.ContentType?.MediaType == "text/event-stream")
        {
            var connection = new ServerConnection(response, ConnectionEnd.Ended, silence, time);
            connection.Ending = connection.FillAsync(cancellationToken);
            return connection;
        }

        using (response)
        {
            bool isUnauthorized = response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden;
            return new ServerConnection(null, isUnauthorized ? ConnectionEnd.Unauthorized : ConnectionEnd.NotEvents, silence, time)
            {
                Status = (int)response.StatusCode,
            };
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _response?.Dispose();

    private async Task<ConnectionEnd> FillAsync(CancellationToken cancellationToken)
    {
        using var silent = new CancellationTokenSource(_silence, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(silent.Token, cancellationToken);
        try
        {
            Stream stream = await _response!.Content.ReadAsStreamAsync(either.Token).ConfigureAwait(false);
            int count;
            while ((count = await stream.ReadAsync(_pipe.Writer.GetMemory(ReadBytes), either.Token).ConfigureAwait(false)) > 0)
            {
                // Not armed while this waits for room: that silence is ours.
                silent.CancelAfter(Timeout.InfiniteTimeSpan);
                LastContact = _time.GetUtcNow();
                _pipe.Writer.Advance(count);
                await _pipe.Writer.FlushAsync(cancellationToken).ConfigureAwait(false);
                silent.CancelAfter(_silence);
            }

            return ConnectionEnd.Ended;
        }
        catch (OperationCanceledException)
        {
            return ConnectionEnd.Silent;
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            return ConnectionEnd.Broken;
        }
        finally
        {
            await _pipe.Writer.CompleteAsync().ConfigureAwait(false);
        }
    }
}
