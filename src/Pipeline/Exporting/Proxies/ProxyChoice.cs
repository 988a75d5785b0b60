using OpencodeOtel.Pipeline.Configuration;

namespace OpencodeOtel.Pipeline.Exporting.Proxies;

/// <summary>By way of which proxy a destination is reached: the platform's choice, which <c>HTTP_PROXY</c>, <c>HTTPS_PROXY</c>, <c>ALL_PROXY</c> and <c>NO_PROXY</c> make.</summary>
internal static class ProxyChoice
{
    /// <summary>Whether a destination may be behind a proxy at all. No proxy leads back to this machine, though the platform would ask it.</summary>
    public static bool IsPossible(OtlpDestination destination) => destination.UnixSocket is null && !destination.Endpoint.IsLoopback;

    /// <summary>The proxy of a destination, which may hold a password; <see langword="null"/> for none.</summary>
    public static Uri? Of(OtlpDestination destination)
    {
        if (!IsPossible(destination) || HttpClient.DefaultProxy.IsBypassed(destination.Endpoint))
        {
            return null;
        }

        return HttpClient.DefaultProxy.GetProxy(destination.Endpoint) is { } proxy && proxy != destination.Endpoint ? proxy : null;
    }

    /// <summary>Whether the transports' library cannot use a proxy by itself: HTTP/2 without TLS needs a tunnel, and it makes none through an HTTP proxy.</summary>
    public static bool NeedsTunnel(OtlpDestination destination, Uri proxy) => destination.Protocol == OtlpProtocol.Grpc
        && destination.Endpoint.Scheme == Uri.UriSchemeHttp
        && (proxy.Scheme == Uri.UriSchemeHttp || proxy.Scheme == Uri.UriSchemeHttps);
}
