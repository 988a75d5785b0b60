using System.Buffers;
using System.Net.Http.Headers;
using Microsoft.Extensions.Logging;
using OpencodeOtel.Otlp;
using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Configuration;

namespace OpencodeOtel.Pipeline.Exporting;

/// <summary>OTLP over HTTP/1.1, protobuf or JSON.</summary>
/// <remarks>Redirects are not followed, so that headers go nowhere else; there are no cookies; answers are read up to a limit; nothing is traced.</remarks>
internal sealed class HttpPayloadSender : IPayloadSender
{
    /// <summary>The content type of protobuf.</summary>
    public const string ProtobufType = "application/x-protobuf";

    /// <summary>The content type of JSON.</summary>
    public const string JsonType = "application/json";

    private const int ReadBufferBytes = 4096;

    private readonly SignalDestinations _destinations;
    private readonly TimeProvider _time;
    private readonly MediaTypeHeaderValue _contentType;
    private readonly HttpMessageInvoker _client;

    /// <summary>Opens no connection yet.</summary>
    /// <param name="form">The wire form.</param>
    /// <param name="destinations">The URL of each signal.</param>
    /// <param name="time">The real clock.</param>
    /// <param name="logger">Takes what is amiss with certificate files.</param>
    public HttpPayloadSender(WireForm form, SignalDestinations destinations, TimeProvider time, ILogger? logger = null)
    {
        Form = form;
        _destinations = destinations;
        _time = time;
        _contentType = new MediaTypeHeaderValue(form == WireForm.Json ? JsonType : ProtobufType);
        _client = new HttpMessageInvoker(TransportHandler.Create(destinations.Any, logger), disposeHandler: true);
    }

    /// <inheritdoc/>
    public WireForm Form { get; }

    /// <inheritdoc/>
    public ValueTask<SendResult> SendAsync(ExportRequest request, CancellationToken cancellationToken) => SendAsync(request, static () => { }, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<SendResult> SendAsync(ExportRequest request, Action written, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        OtlpDestination destination = _destinations[request.Signal];
        using CancellationTokenSource timeout = new(destination.Timeout, _time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        using RequestBody body = RequestBody.Of(request, destination.Compression);
        using HttpRequestMessage message = Write(body, destination, written);
        SendResult result = await SendAsync(message, request, destination, either.Token, cancellationToken).ConfigureAwait(false);
        return result with { BytesOnWire = body.CompressedLength };
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return default;
    }

    private async ValueTask<SendResult> SendAsync(
        HttpRequestMessage message, ExportRequest request, OtlpDestination destination, CancellationToken either, CancellationToken cancellationToken)
    {
        try
        {
            using HttpResponseMessage response = await _client.SendAsync(message, either).ConfigureAwait(false);
            SendResult result = await ReadAsync(response, request, destination, either).ConfigureAwait(false);
            return result with { Status = (int)response.StatusCode, MediaType = response.Content.Headers.ContentType?.MediaType };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new SendResult(SendOutcome.Retryable, Message: TransportFailure.DescribeTimeout(destination));
        }
        catch (HttpRequestException error) when (error.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded)
        {
            return new SendResult(SendOutcome.Refused, Message: $"{TransportFailure.Where(destination)} answered with headers that are too long");
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            return new SendResult(SendOutcome.Retryable, Message: TransportFailure.Describe(error, destination), IsUnreachable: TransportFailure.IsUnreachable(error));
        }
    }

    private HttpRequestMessage Write(RequestBody body, OtlpDestination destination, Action written)
    {
        HttpRequestMessage message = new(HttpMethod.Post, destination.Endpoint) { Content = new RequestContent(body.Bytes, written) };
        message.Content.Headers.ContentType = _contentType;
        if (RequestBody.NameOf(destination.Compression) is { } encoding)
        {
            message.Content.Headers.ContentEncoding.Add(encoding);
        }

        message.Headers.TryAddWithoutValidation(UserAgent.Name, UserAgent.Of(destination));
        foreach ((string name, Secret value) in destination.Headers)
        {
            if (!name.Equals(UserAgent.Name, StringComparison.OrdinalIgnoreCase))
            {
                message.Headers.TryAddWithoutValidation(name, value.Reveal());
            }
        }

        return message;
    }

    private async ValueTask<SendResult> ReadAsync(HttpResponseMessage response, ExportRequest request, OtlpDestination destination, CancellationToken cancellationToken)
    {
        // A request's headers have come, so its fate is known: a body that breaks off or never ends takes nothing back.
        DateTimeOffset now = _time.GetUtcNow();
        int limit = destination.ResponseLimitBytes;
        if (response.Content.Headers.ContentLength is { } length && (length == 0 || length > limit))
        {
            // Not a plain null: it would turn into empty memory.
            return HttpOutcome.Read(response, length == 0 ? ReadOnlyMemory<byte>.Empty : default(ReadOnlyMemory<byte>?), request, destination, now);
        }

        byte[] buffer = ArrayPool<byte>.Shared.Rent(ReadBufferBytes);
        int read = 0;
        try
        {
            Stream body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            while (true)
            {
                int more = await body.ReadAsync(buffer.AsMemory(read), cancellationToken).ConfigureAwait(false);
                read += more;
                if (more == 0)
                {
                    break;
                }

                if (read > limit)
                {
                    return HttpOutcome.Read(response, null, request, destination, now);
                }

                if (read == buffer.Length)
                {
                    buffer = Grow(buffer);
                }
            }

            return HttpOutcome.Read(response, buffer.AsMemory(0, read), request, destination, now);
        }
        catch (Exception error) when (error is HttpRequestException or IOException or OperationCanceledException)
        {
            return HttpOutcome.Read(response, ReadOnlyMemory<byte>.Empty, request, destination, now);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static byte[] Grow(byte[] buffer)
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent(2 * buffer.Length);
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }
}
