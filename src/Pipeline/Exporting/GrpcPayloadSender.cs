using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.Extensions.Logging;
using OpencodeOtel.Otlp;
using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Configuration;
using StatusCode = Grpc.Core.StatusCode;

namespace OpencodeOtel.Pipeline.Exporting;

/// <summary>OTLP over gRPC: unary calls with ready bytes. The library neither retries nor traces; the limit of a request is the batcher's.</summary>
internal sealed class GrpcPayloadSender : IPayloadSender
{
    private readonly SignalDestinations _destinations;
    private readonly Dictionary<(Uri Endpoint, string? Socket, int Limit, string UserAgent, OtlpCompression Compression, TlsFiles Tls), GrpcChannel> _channels = [];
    private readonly Route[] _routes = new Route[3];

    /// <summary>Opens no connection yet.</summary>
    public GrpcPayloadSender(SignalDestinations destinations, ILogger? logger = null)
    {
        _destinations = destinations;
        foreach (Signal signal in destinations.Signals)
        {
            OtlpDestination destination = destinations[signal];
            var key = (destination.Endpoint, destination.UnixSocket, destination.ResponseLimitBytes, UserAgent.Of(destination), destination.Compression, TlsFiles.Of(destination));
            if (!_channels.TryGetValue(key, out GrpcChannel? channel))
            {
                _channels[key] = channel = Open(destination, () => UserAgent.Of(destinations[signal]), logger);
            }

            _routes[(int)signal] = new Route(channel.CreateCallInvoker(), ExportMethods.For(signal), destination, WriteHeaders(destination));
        }
    }

    /// <inheritdoc/>
    public WireForm Form => WireForm.Protobuf;

    /// <inheritdoc/>
    public ValueTask<SendResult> SendAsync(ExportRequest request, CancellationToken cancellationToken) => SendAsync(request, static () => { }, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<SendResult> SendAsync(ExportRequest request, Action written, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        cancellationToken.ThrowIfCancellationRequested();
        OtlpDestination destination = _destinations[request.Signal];
        Route route = RouteTo(destination, request.Signal);
        using RequestBody body = RequestBody.Of(request, destination.Compression);
        body.Taken = written;
        CallOptions options = new(route.Headers, DeadlineAfter(destination.Timeout), cancellationToken);
        try
        {
            using AsyncUnaryCall<GrpcAnswer> call = route.Invoker.AsyncUnaryCall(route.Method, null, options, body);
            GrpcAnswer answer = await call.ResponseAsync.ConfigureAwait(false);
            ExportResponse response = answer.Response;
            return HttpOutcome.Accepted(in response, request, destination) with { BytesOnWire = body.CompressedLength, Status = (int)StatusCode.OK };
        }
        catch (RpcException error)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return GrpcOutcome.Read(error, request, destination) with { BytesOnWire = body.CompressedLength };
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        foreach (GrpcChannel channel in _channels.Values)
        {
            channel.Dispose();
        }

        return default;
    }

    /// <summary>The route with the headers of a destination, which may have others than before.</summary>
    private Route RouteTo(OtlpDestination destination, Signal signal)
    {
        Route route = _routes[(int)signal];
        return ReferenceEquals(route.Destination, destination)
            ? route
            : _routes[(int)signal] = route with { Destination = destination, Headers = WriteHeaders(destination) };
    }

    private static GrpcChannel Open(OtlpDestination destination, Func<string> userAgent, ILogger? logger) => GrpcChannel.ForAddress(destination.Endpoint, new GrpcChannelOptions
    {
        // A client, not a handler: with a bare handler the library connects by itself, with a back-off that is not ours.
        HttpClient = new HttpClient(new UserAgentHandler(TransportHandler.Create(destination, logger), userAgent)),
        DisposeHttpClient = true,
        CompressionProviders = destination.Compression == OtlpCompression.Zstd
            ? [new ReadyCompression(OtlpCompression.Zstd, destination.ResponseLimitBytes), new ReadyCompression(OtlpCompression.Gzip, destination.ResponseLimitBytes)]
            : [new ReadyCompression(OtlpCompression.Gzip, destination.ResponseLimitBytes)],
        MaxSendMessageSize = null,
        MaxReceiveMessageSize = destination.ResponseLimitBytes,
    });

    private static Metadata WriteHeaders(OtlpDestination destination)
    {
        Metadata headers = [];
        foreach ((string name, Secret value) in destination.Headers)
        {
            string key = name.ToLowerInvariant();
            if (key == UserAgent.Name)
            {
                continue; // Written by the handler.
            }

            if (key.EndsWith(Metadata.BinaryHeaderSuffix, StringComparison.Ordinal))
            {
                headers.Add(key, System.Text.Encoding.UTF8.GetBytes(value.Reveal()));
            }
            else
            {
                headers.Add(key, value.Reveal());
            }
        }

        if (RequestBody.NameOf(destination.Compression) is { } encoding)
        {
            headers.Add(ReadyCompression.Choice, encoding);
        }

        return headers;
    }

    /// <summary>The instant for the library, which measures it against the system's clock, whatever ours is.</summary>
    private static DateTime? DeadlineAfter(TimeSpan timeout) =>
        timeout == Timeout.InfiniteTimeSpan ? null : TimeProvider.System.GetUtcNow().UtcDateTime + timeout;

    private sealed record Route(CallInvoker Invoker, Method<RequestBody, GrpcAnswer> Method, OtlpDestination Destination, Metadata Headers);
}
