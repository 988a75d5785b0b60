using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Configuration;
using OpencodeOtel.Pipeline.Exporting;
using StatusCode = Grpc.Core.StatusCode;

namespace OpencodeOtel.Pipeline.Checking;

/// <summary>What to try when a server does not take a request without records.</summary>
internal static class ExportHint
{
    private const string SecureHint = "if the server speaks TLS there, begin the endpoint with https:// (grpcs://)";
    private const string GrpcHint = "if the server takes OTLP over gRPC there, as on port 4317, set the protocol to grpc; OTLP/HTTP has port 4318";

    /// <summary>Whether the answer is meant for a browser.</summary>
    public static bool IsPage(SendResult result) => "text/html".Equals(result.MediaType, StringComparison.OrdinalIgnoreCase);

    /// <summary>The hint; <see langword="null"/> when the message says it all, or there is nothing to suggest.</summary>
    public static string? Of(SendResult result, Signal signal, OtlpDestination destination) => result.Outcome switch
    {
        SendOutcome.Unauthenticated when destination.Headers.Count == 0 => "the server wants credentials: --header NAME=VALUE, or OPENCODE_OTLP_HEADERS",
        SendOutcome.Unauthenticated => "the server refuses the credentials; look at the headers, or what the headers helper gives",
        _ when result.Status is { } status => destination.Protocol == OtlpProtocol.Grpc ? OfGrpc((StatusCode)status) : OfHttp(status, signal, destination),
        _ => OfSilence(result, destination),
    };

    private static string? OfGrpc(StatusCode status) => status switch
    {
        StatusCode.Unimplemented => "there is no OTLP service for this signal at this port; for OTLP/HTTP set the protocol to http/protobuf",
        StatusCode.Unavailable or StatusCode.ResourceExhausted => "the server is there, and takes nothing now: try again later",
        _ => null,
    };

    private static string? OfHttp(int status, Signal signal, OtlpDestination destination) => status switch
    {
        404 or 405 or (>= 200 and < 300) =>
            $"look at the path, {ShownText.OfAddress(destination.Endpoint.AbsolutePath)}: the endpoint is a base URL, to which /v1/{CheckText.Of(signal)} is added",
        400 => OtherWays(destination),
        415 when destination.Compression != OtlpCompression.None => "try another compression, or none: --compression none",
        415 => $"try another protocol; {GrpcHint}",
        429 or 502 or 503 or 504 => "the server is there, and takes nothing now: try again later",
        _ => null,
    };

    /// <summary>There was a connection before, so somebody listens there, and speaks something else or is too slow.</summary>
    private static string? OfSilence(SendResult result, OtlpDestination destination) =>
        result.IsUnreachable ? null
        : result.Message == TransportFailure.DescribeTimeout(destination) ? "something takes connections there, and does not answer; look at the port"
        : OtherWays(destination);

    /// <summary>What else the server may speak; gRPC's failures themselves say it of HTTP.</summary>
    private static string? OtherWays(OtlpDestination destination)
    {
        bool mayBeSecure = destination.Endpoint.Scheme == Uri.UriSchemeHttp && destination.UnixSocket is null;
        return destination.Protocol == OtlpProtocol.Grpc ? (mayBeSecure ? SecureHint : null) : mayBeSecure ? $"{GrpcHint}; {SecureHint}" : GrpcHint;
    }
}
