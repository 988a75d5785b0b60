using System.Globalization;
using OpencodeOtel.Pipeline.Configuration;
using OpencodeOtel.Pipeline.Exporting;
using OpencodeOtel.Pipeline.Exporting.Proxies;

namespace OpencodeOtel.Pipeline.Checking;

/// <summary>A server to be checked, without the paths of signals.</summary>
internal sealed class CheckedServer
{
    /// <summary>Takes what the destinations at a server have in common.</summary>
    public CheckedServer(SignalDestinations destinations, TimeProvider time)
    {
        OtlpDestination any = destinations.Any;
        Destination = any with { Endpoint = new Uri(any.Endpoint.GetLeftPart(UriPartial.Authority)) };
        Limit = CheckLimit.Of(any, time);
        Name = TransportFailure.Where(Destination);
        Address = any.UnixSocket is { } socket ? ShownText.Of(socket) : AddressOf(any.Endpoint);
        Proxy = ProxyChoice.Of(Destination);
        Signals = string.Join(", ", destinations.Signals.Select(CheckText.Of));
    }

    /// <summary>Gets how it is reached; the address has no path.</summary>
    public OtlpDestination Destination { get; }

    /// <summary>Gets how long each check may take.</summary>
    public CheckLimit Limit { get; }

    /// <summary>Gets its URL, with the proxy before it, or which socket it is.</summary>
    public string Name { get; }

    /// <summary>Gets its host and port, or the path of its socket.</summary>
    public string Address { get; }

    /// <summary>Gets the proxy that requests go through; <see langword="null"/> for none.</summary>
    public Uri? Proxy { get; }

    /// <summary>Gets the names of the signals that go there.</summary>
    public string Signals { get; }

    /// <summary>Gets the name or the IP address of the host, as it is looked up and as a certificate must have it.</summary>
    public string Host => Destination.Endpoint.IdnHost;

    /// <summary>Gets a value indicating whether it is reached by TLS.</summary>
    public bool IsTls => Destination.Endpoint.Scheme == Uri.UriSchemeHttps;

    /// <summary>Host and port of a URL.</summary>
    public static string AddressOf(Uri address) =>
        string.Create(CultureInfo.InvariantCulture, $"{(address.HostNameType == UriHostNameType.IPv6 ? $"[{address.IdnHost}]" : address.IdnHost)}:{address.Port}");
}
