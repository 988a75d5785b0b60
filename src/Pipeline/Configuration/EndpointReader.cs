using OpencodeOtel.Otlp.Model;

namespace OpencodeOtel.Pipeline.Configuration;

/// <summary>Reads endpoints by OpenTelemetry's rules and the product's own.</summary>
/// <remarks>Rules: <see href="https://github.com/open-telemetry/opentelemetry-specification/blob/v1.60.0/specification/protocol/exporter.md#endpoint-urls-for-otlphttp"/>.</remarks>
internal static class EndpointReader
{
    private const int DefaultGrpcPort = 4317;

    /// <summary>The endpoint of a signal when nothing is said.</summary>
    public static Endpoint Default(OtlpProtocol protocol, Signal signal) => new(new Uri(protocol == OtlpProtocol.Grpc
        ? "http://localhost:4317"
        : $"http://localhost:4318/v1/{PathOf(signal)}"));

    /// <summary>Reads an endpoint.</summary>
    /// <param name="text">What was written, trimmed.</param>
    /// <param name="origin">The option or variable.</param>
    /// <param name="scope">Which rules hold.</param>
    /// <param name="protocol">The protocol of the signal.</param>
    /// <param name="signal">The signal.</param>
    /// <param name="insecure">Whether a gRPC endpoint without scheme is plaintext.</param>
    /// <exception cref="ConfigurationException">It cannot be used.</exception>
    public static Endpoint Read(string text, string origin, EndpointScope scope, OtlpProtocol protocol, Signal signal, bool insecure)
    {
        bool grpc = protocol == OtlpProtocol.Grpc;
        if (text.StartsWith("unix:", StringComparison.OrdinalIgnoreCase))
        {
            return ReadUnixSocket(text, origin, grpc ? "http://localhost" : $"http://localhost/v1/{PathOf(signal)}");
        }

        if (!text.Contains("://", StringComparison.Ordinal))
        {
            if (!grpc || scope == EndpointScope.Product)
            {
                throw Bad(text, origin, $"which has no scheme; use http://{ShownText.OfAddress(text)}");
            }

            text = (insecure ? "http://" : "https://") + text;
        }

        int separator = text.IndexOf("://", StringComparison.Ordinal);
        string scheme = text[..separator].ToLowerInvariant();
        string rest = text[(separator + 3)..];
        bool ownScheme = scheme is "grpc" or "grpcs";
        if (scheme is not ("http" or "https") && !ownScheme)
        {
            throw Bad(text, origin, "whose scheme is not one of http, https, grpc, grpcs, unix");
        }

        if (ownScheme && !grpc)
        {
            throw Bad(text, origin, "which is for gRPC, but the protocol is an HTTP one; use http or https");
        }

        string webScheme = scheme is "https" or "grpcs" ? "https" : "http";
        (string authority, string path, string query) = Split(rest);
        if (rest.AsSpan(authority.Length).Contains('@'))
        {
            // "https://user:12?3@host" would be sent to the host "user": better ask than tell a stranger.
            throw new ConfigurationException(
                $"{origin} has an '@' behind its host and port; in a user name or password write '/', '?' and '#' as %2F, %3F and %23, and an '@' that belongs to the path or query as %40");
        }

        (authority, Secret? user) = TakeUserInfo(authority);
        if (!Uri.TryCreate($"{webScheme}://{authority}", UriKind.Absolute, out Uri? server)
            || server.Host.Length == 0
            || server.Port == 0
            || server.PathAndQuery != "/"
            || server.UserInfo.Length > 0)
        {
            throw Bad(text, origin, "which is not a URL with a host and a port from 1 to 65535");
        }

        if (grpc)
        {
            if (path is not ("" or "/") || query.Length > 0)
            {
                throw Bad(text, origin, "which has a path; gRPC takes host and port only, so remove it or set the protocol to http/protobuf");
            }

            // The schemes grpc and grpcs have no registered port, so theirs is OTLP's.
            return new Endpoint(ownScheme && !HasPort(authority) ? new UriBuilder(server) { Port = DefaultGrpcPort }.Uri : server, null, user);
        }

        string target = scope == EndpointScope.OneSignal
            ? (path.Length == 0 ? "/" : path)
            : $"{(path.EndsWith('/') ? path[..^1] : path)}/v1/{PathOf(signal)}";
        return new Endpoint(Exactly($"{webScheme}://{authority}{target}{query}", text, origin), null, user);
    }

    private static string PathOf(Signal signal) => signal switch
    {
        Signal.Traces => "traces",
        Signal.Metrics => "metrics",
        _ => "logs",
    };

    private static Endpoint ReadUnixSocket(string text, string origin, string address)
    {
        string path = text["unix:".Length..];
        if (path.StartsWith("//", StringComparison.Ordinal))
        {
            path = path[2..];
            if (!path.StartsWith('/'))
            {
                throw Bad(text, origin, "which names a host; write unix:///path/of/socket");
            }
        }

        return path.Length > 0 ? new Endpoint(new Uri(address), path) : throw Bad(text, origin, "which has no path; write unix:///path/of/socket");
    }

    /// <summary>Splits what follows the scheme; a fragment never reaches a server and is cut off.</summary>
    private static (string Authority, string Path, string Query) Split(string rest)
    {
        int fragment = rest.IndexOf('#', StringComparison.Ordinal);
        rest = fragment < 0 ? rest : rest[..fragment];
        int authorityEnd = rest.AsSpan().IndexOfAny('/', '?');
        string authority = authorityEnd < 0 ? rest : rest[..authorityEnd];
        string pathAndQuery = authorityEnd < 0 ? string.Empty : rest[authorityEnd..];
        int query = pathAndQuery.IndexOf('?', StringComparison.Ordinal);
        return query < 0 ? (authority, pathAndQuery, string.Empty) : (authority, pathAndQuery[..query], pathAndQuery[query..]);
    }

    private static (string Authority, Secret? User) TakeUserInfo(string authority)
    {
        int at = authority.LastIndexOf('@');
        return at < 0 ? (authority, null) : (authority[(at + 1)..], new Secret(Uri.UnescapeDataString(authority[..at])));
    }

    private static bool HasPort(string authority) => authority.LastIndexOf(':') > authority.LastIndexOf(']');

    /// <summary>
    /// A URL whose path and query go on the wire as they were written: dot segments and escapes stay. That is only safe for
    /// printable ASCII; anything else is escaped by the usual rules.
    /// </summary>
    private static Uri Exactly(string url, string text, string origin)
    {
        bool printable = url.AsSpan().IndexOfAnyExceptInRange('!', '~') < 0;
        UriCreationOptions options = new() { DangerousDisablePathAndQueryCanonicalization = printable };
        return Uri.TryCreate(url, options, out Uri? uri) ? uri : throw Bad(text, origin, "which is not a URL");
    }

    private static ConfigurationException Bad(string text, string origin, string why) =>
        new($"{origin} is '{ShownText.OfAddress(text)}', {why}");
}
