using Grpc.Core;
using OpencodeOtel.Otlp;
using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Configuration;
using StatusCode = Grpc.Core.StatusCode;

namespace OpencodeOtel.Pipeline.Exporting;

/// <summary>What a gRPC status means: <see href="https://github.com/open-telemetry/opentelemetry-proto/blob/v1.8.0/docs/specification.md#failures"/>.</summary>
internal static class GrpcOutcome
{
    /// <summary>How the library's words for an answer beyond the limit begin.</summary>
    public const string TooLargeForUs = "Received message exceeds";

    private const string Details = "grpc-status-details-bin";

    // grpc-dotnet, grpc-go.
    private static readonly string[] TimeoutWords = ["deadline exceeded", "context deadline exceeded"];

    // Words of servers that limit messages: grpc-go, grpc C++, grpc-java, grpc-dotnet, tonic.
    private static readonly string[] TooLargeWords = ["larger than max", "exceeds max", "exceeds the max", "length too large", "too large"];

    /// <summary>Maps the failure of a call.</summary>
    /// <param name="error">The failure.</param>
    /// <param name="request">What was sent.</param>
    /// <param name="destination">Where to.</param>
    public static SendResult Read(RpcException error, ExportRequest request, OtlpDestination destination)
    {
        RpcStatus details = ReadDetails(error.Trailers);
        string detail = error.Status.Detail;
        SendOutcome outcome = error.StatusCode switch
        {
            StatusCode.Cancelled or StatusCode.DeadlineExceeded or StatusCode.Aborted or StatusCode.Unavailable or StatusCode.DataLoss => SendOutcome.Retryable,

            // A server of tonic says so when a message is too large; sending it again is of no use.
            StatusCode.OutOfRange => detail.Contains("length too large", StringComparison.OrdinalIgnoreCase) ? SendOutcome.TooLarge : SendOutcome.Retryable,
            StatusCode.ResourceExhausted => ReadExhausted(error, in details, request, destination),
            StatusCode.Unauthenticated or StatusCode.PermissionDenied => SendOutcome.Unauthenticated,

            // The library says INTERNAL, too, when there was no connection: no server has refused anything then.
            // Or when it could not read a trailer, and so not tell the status: the answer is as good as lost.
            StatusCode.Internal or StatusCode.Unknown =>
                IsUnconnected(error.Status.DebugException) || error.Status.DebugException is FormatException ? SendOutcome.Retryable : SendOutcome.Refused,
            _ => SendOutcome.Refused,
        };
        return new SendResult(
            outcome,
            Message: Describe(error, in details, request, destination),
            RetryDelay: outcome == SendOutcome.Retryable ? details.RetryDelay : null,
            IsUnreachable: TransportFailure.IsUnreachable(error.Status.DebugException),
            Status: IsAnswer(error) ? (int)error.StatusCode : null);
    }

    /// <summary>Whether our time was up. The server knows it, too, and its library may be quicker to say so than ours: then it has said nothing else.</summary>
    private static bool IsTimeout(RpcException error) => error.StatusCode == StatusCode.DeadlineExceeded
        && (error.Status.Detail.Length == 0 || TimeoutWords.Contains(error.Status.Detail, StringComparer.OrdinalIgnoreCase));

    /// <summary>Whether it was a server that said so: what the library says by itself has an exception, or no words when time was up.</summary>
    private static bool IsAnswer(RpcException error) => error.Status.DebugException is null && !IsTimeout(error);

    private static SendOutcome ReadExhausted(RpcException error, in RpcStatus details, ExportRequest request, OtlpDestination destination) =>
        details.HasRetryInfo ? SendOutcome.Retryable
        : IsOurLimit(error, request, destination) ? SendOutcome.Refused
        : TooLargeWords.Any(words => error.Status.Detail.Contains(words, StringComparison.OrdinalIgnoreCase)) ? SendOutcome.TooLarge
        : SendOutcome.Refused;

    private static bool IsUnconnected(Exception? error) => error is HttpRequestException failure && failure.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError
            or HttpRequestError.ProxyTunnelError or HttpRequestError.VersionNegotiationError or HttpRequestError.InvalidResponse
            or HttpRequestError.ResponseEnded => true,

        // Who does not answer in HTTP/2 is not the server, but perhaps a gateway that waits for it; and a connection that is closed in
        // order, with NO_ERROR, had no answer for us either.
        HttpRequestError.HttpProtocolError => failure.InnerException is not HttpProtocolException { ErrorCode: > TransportFailure.ProtocolError },
        _ => false,
    };

    /// <summary>
    /// Whether it is the client that found the answer too large. A server of the same library uses the same words, and nothing else
    /// tells the two apart; but it would hardly take less than we do.
    /// </summary>
    private static bool IsOurLimit(RpcException error, ExportRequest request, OtlpDestination destination) =>
        error.StatusCode == StatusCode.ResourceExhausted
        && error.Status.Detail.StartsWith(TooLargeForUs, StringComparison.Ordinal)
        && request.Body.Length <= destination.ResponseLimitBytes;

    private static string Describe(RpcException error, in RpcStatus details, ExportRequest request, OtlpDestination destination)
    {
        if (IsTimeout(error))
        {
            return TransportFailure.DescribeTimeout(destination);
        }

        if (error.Status.DebugException is HttpRequestException or IOException or System.Net.Sockets.SocketException)
        {
            return TransportFailure.Describe(error.Status.DebugException, destination);
        }

        string where = TransportFailure.Where(destination);
        if (IsOurLimit(error, request, destination))
        {
            return $"the answer of {where} is longer than {destination.ResponseLimitBytes} bytes and was not read";
        }

        string line = $"{where} answered {error.StatusCode}";
        return ServerText.Clean(string.IsNullOrWhiteSpace(error.Status.Detail) ? details.Message : error.Status.Detail, destination, request.Body.Span) is { } words ? $"{line}: {words}" : line;
    }

    private static RpcStatus ReadDetails(Metadata trailers)
    {
        foreach (Metadata.Entry trailer in trailers)
        {
            if (trailer.IsBinary && trailer.Key.Equals(Details, StringComparison.OrdinalIgnoreCase)
                && RpcStatus.TryRead(trailer.ValueBytes, WireForm.Protobuf, out RpcStatus status))
            {
                return status;
            }
        }

        return default;
    }
}
