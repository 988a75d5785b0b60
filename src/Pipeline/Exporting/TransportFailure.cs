using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using OpencodeOtel.Pipeline.Configuration;
using OpencodeOtel.Pipeline.Exporting.Proxies;

namespace OpencodeOtel.Pipeline.Exporting;

/// <summary>Says in a few words why a request got no answer.</summary>
internal static class TransportFailure
{
    /// <summary>PROTOCOL_ERROR, RFC 9113 section 7: also what the client makes of an answer in HTTP/1.1.</summary>
    public const long ProtocolError = 1;

    // HTTP_1_1_REQUIRED, RFC 9113 section 7.
    private const long OlderVersionRequired = 13;

    /// <summary>The words for a failed request; no text of the exceptions is used, except the system's own for sockets.</summary>
    public static string Describe(Exception error, OtlpDestination destination)
    {
        string where = Where(destination);
        for (Exception? cause = error; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case SocketException { SocketErrorCode: SocketError.ConnectionRefused }:
                    return $"{where} refused the connection";
                case SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData }:
                    return $"the name of {where} cannot be resolved";
                case SocketException { SocketErrorCode: SocketError.AddressNotAvailable } when destination.UnixSocket is not null:
                    return $"{where} does not exist";
                case SocketException { SocketErrorCode: SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown }:
                    return DescribeClosed(where, destination);
                case SocketException socket:
                    return $"{where} cannot be reached ({socket.SocketErrorCode})";
                case HttpProtocolException { ErrorCode: OlderVersionRequired } when destination.Protocol == OtlpProtocol.Grpc:
                    return DescribeOlderVersion(where);
                case HttpProtocolException { ErrorCode: > ProtocolError } reset:
                    return string.Create(CultureInfo.InvariantCulture, $"{where} broke the call off (HTTP/2 error {reset.ErrorCode})");
                case HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError } tunnel:
                    return DescribeTunnel(tunnel, where);
                case AuthenticationException:
                    return $"no TLS connection with {where}: {ShownText.Of(cause.Message)}";
            }
        }

        return error is HttpRequestException
        {
            HttpRequestError: HttpRequestError.VersionNegotiationError or HttpRequestError.InvalidResponse or HttpRequestError.HttpProtocolError,
        } && destination.Protocol == OtlpProtocol.Grpc
            ? DescribeOlderVersion(where)
            : DescribeClosed(where, destination);
    }

    /// <summary>Whether no connection came about: nobody is there, rather than busy.</summary>
    public static bool IsUnreachable(Exception? error) => error is HttpRequestException
    {
        HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError,
    };

    /// <summary>The words for no answer in time.</summary>
    public static string DescribeTimeout(OtlpDestination destination) =>
        string.Create(CultureInfo.InvariantCulture, $"no answer from {Where(destination)} within {destination.Timeout.TotalSeconds:0.###} s");

    /// <summary>The address without user info and query, and the proxy, if there is one on the way.</summary>
    public static string Where(OtlpDestination destination)
    {
        if (destination.UnixSocket is { } socket)
        {
            return $"the socket {ShownText.Of(socket)}";
        }

        string address = ShownText.OfAddress(destination.Protocol == OtlpProtocol.Grpc
            ? destination.Endpoint.GetLeftPart(UriPartial.Authority)
            : destination.Endpoint.OriginalString);
        return ProxyChoice.Of(destination) is { } proxy
            ? $"{address} behind the proxy {ShownText.OfAddress(proxy.GetLeftPart(UriPartial.Authority))}"
            : address;
    }

    private static string DescribeTunnel(HttpRequestException error, string where) => error.StatusCode switch
    {
        HttpStatusCode.ProxyAuthenticationRequired => $"{where} cannot be reached: the proxy wants credentials (407)",
        { } status => string.Create(CultureInfo.InvariantCulture, $"{where} cannot be reached: the proxy answered {(int)status}"),
        null => $"{where} cannot be reached: the proxy opens no tunnel",
    };

    private static string DescribeOlderVersion(string where) =>
        $"{where} does not answer in HTTP/2, which gRPC needs; for OTLP/HTTP set the protocol to http/protobuf";

    private static string DescribeClosed(string where, OtlpDestination destination) => destination.Protocol == OtlpProtocol.Grpc
        ? $"{where} closed the connection without an answer; if it takes OTLP/HTTP and not gRPC, set the protocol to http/protobuf"
        : $"{where} closed the connection without an answer";
}
