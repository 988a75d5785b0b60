using System.Buffers;
using System.Net;
using System.Text.Json;
using OpencodeOtel.Pipeline.Configuration;

namespace OpencodeOtel.Pipeline.Attaching;

/// <summary>What is asked of a server: its event stream, and what it knows of its sessions. Answers are bounded in size and time.</summary>
internal sealed class ServerApi : IDisposable
{
    private readonly ServerAddress _server;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _time;
    private readonly AttachCounts _counts;
    private readonly HttpMessageInvoker _client;

    /// <summary>Opens no connection yet.</summary>
    public ServerApi(ServerAddress server, TimeSpan timeout, TimeProvider time, AttachCounts counts)
    {
        _server = server;
        _timeout = timeout;
        _time = time;
        _counts = counts;
        _client = new HttpMessageInvoker(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                UseProxy = !server.Address.IsLoopback,
                ActivityHeadersPropagator = null,
                ConnectTimeout = timeout,
            },
            disposeHandler: true);
    }

    /// <summary>Gets how far the server's clock is ahead of ours, as its last answer with a date said; small differences are taken for none.</summary>
    public TimeSpan ClockAhead { get; private set; }

    /// <summary>Asks for an event stream, and returns when the server begins to answer.</summary>
    /// <exception cref="HttpRequestException">There is no connection.</exception>
    /// <exception cref="TimeoutException">There was no answer within the time.</exception>
    public async Task<HttpResponseMessage> OpenEventsAsync(string? directory, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(_timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        using HttpRequestMessage request = Request(directory is null ? "global/event" : "event", directory);
        request.Headers.TryAddWithoutValidation("accept", "text/event-stream");
        try
        {
            HttpResponseMessage response = await _client.SendAsync(request, either.Token).ConfigureAwait(false);
            ReadDate(response);
            return response;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException();
        }
    }

    /// <summary>Asks for a document; <see langword="null"/> if the server gives none, or one that is too large.</summary>
    public async Task<JsonDocument?> GetAsync(string path, string? directory, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(AttachLimits.GapTime, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using HttpRequestMessage request = Request(path, directory);
            using HttpResponseMessage response = await _client.SendAsync(request, either.Token).ConfigureAwait(false);
            if (response.StatusCode != HttpStatusCode.OK)
            {
                return null;
            }

            ReadDate(response);
            using Stream stream = await response.Content.ReadAsStreamAsync(either.Token).ConfigureAwait(false);
            return await ReadAsync(stream, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or JsonException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private async Task<JsonDocument?> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var answer = new ArrayBufferWriter<byte>(64 * 1024);
        int count;
        while ((count = await stream.ReadAsync(answer.GetMemory(64 * 1024), cancellationToken).ConfigureAwait(false)) > 0)
        {
            answer.Advance(count);
            if (answer.WrittenCount > AttachLimits.AnswerBytes)
            {
                _counts.AnswerTooLarge();
                return null;
            }
        }

        return JsonDocument.Parse(answer.WrittenMemory);
    }

    private HttpRequestMessage Request(string path, string? directory)
    {
        string query = directory is null ? string.Empty : $"{(path.Contains('?') ? '&' : '?')}directory={Uri.EscapeDataString(directory)}";
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_server.Address, path + query))
        {
            Version = HttpVersion.Version11,
        };
        if (_server.Authorization is { } authorization)
        {
            request.Headers.TryAddWithoutValidation("authorization", authorization.Reveal());
        }

        request.Headers.TryAddWithoutValidation("user-agent", $"{ProductInfo.Name}/{ProductInfo.Version}");
        return request;
    }

    // The header has whole seconds.
    private void ReadDate(HttpResponseMessage response)
    {
        if (response.Headers.Date is { } date)
        {
            TimeSpan ahead = date - _time.GetUtcNow();
            ClockAhead = ahead.Duration() > TimeSpan.FromSeconds(3) ? ahead : TimeSpan.Zero;
        }
    }
}
