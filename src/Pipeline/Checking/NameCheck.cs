using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace OpencodeOtel.Pipeline.Checking;

/// <summary>Whether the name of a server means an address.</summary>
internal static class NameCheck
{
    private const string Check = "name resolves";
    private const int MostShown = 4;

    /// <summary>Looks the name up.</summary>
    public static async Task<CheckResult> RunAsync(CheckedServer server, CancellationToken cancellationToken)
    {
        if (server.Destination.UnixSocket is not null)
        {
            return new CheckResult(Check, server.Address, CheckStatus.Skipped, "a Unix socket has no name");
        }

        if (server.Proxy is not null)
        {
            return new CheckResult(Check, server.Host, CheckStatus.Skipped, "a proxy is used, which resolves it");
        }

        if (IPAddress.TryParse(server.Host, out _))
        {
            return new CheckResult(Check, server.Host, CheckStatus.Skipped, "it is an address");
        }

        try
        {
            IPAddress[] addresses = await server.Limit.RunAsync(stop => Dns.GetHostAddressesAsync(server.Host, stop), cancellationToken).ConfigureAwait(false);
            return addresses.Length > 0 ? new CheckResult(Check, server.Host, CheckStatus.Ok, Show(addresses)) : Failed(server, "it has no address");
        }
        catch (SocketException error)
        {
            return Failed(server, error.SocketErrorCode switch
            {
                SocketError.HostNotFound => "there is no such name",
                SocketError.NoData => "it has no address",
                SocketError.TryAgain => "the name server gives no answer",
                _ => $"it cannot be looked up ({error.SocketErrorCode})",
            });
        }
        catch (TimeoutException)
        {
            return Failed(server, CheckText.NotWithin(server.Limit.Length));
        }
    }

    private static CheckResult Failed(CheckedServer server, string why) =>
        new(Check, server.Host, CheckStatus.Failed, why, "look at the host of the endpoint, and whether this machine can look up names");

    private static string Show(IPAddress[] addresses)
    {
        string shown = string.Join(", ", addresses.Take(MostShown));
        return addresses.Length > MostShown ? string.Create(CultureInfo.InvariantCulture, $"{shown} and {addresses.Length - MostShown} more") : shown;
    }
}
