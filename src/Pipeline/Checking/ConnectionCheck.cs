using System.Net;
using System.Net.Sockets;
using OpencodeOtel.Pipeline.Exporting;

namespace OpencodeOtel.Pipeline.Checking;

/// <summary>Whether somebody listens where the server should be.</summary>
internal static class ConnectionCheck
{
    /// <summary>What the check is called.</summary>
    public const string Check = "connects";

    /// <summary>Connects to the server, or to the proxy before it.</summary>
    /// <returns>The result, and the connection if there is one.</returns>
    public static async Task<(CheckResult Result, NetworkStream? Connection)> RunAsync(CheckedServer server, CancellationToken cancellationToken)
    {
        string target = server.Proxy is { } proxy ? CheckedServer.AddressOf(proxy) : server.Address;
        string role = server.Proxy is null ? string.Empty : $"the proxy for {server.Address}: ";
        long start = server.Limit.Time.GetTimestamp();
        if (Prepare(server) is not (Socket socket, EndPoint address))
        {
            return (new CheckResult(Check, target, CheckStatus.Failed, "the path is longer than that of a socket may be"), null);
        }

        try
        {
            await server.Limit.RunAsync(
                async stop =>
                {
                    await socket.ConnectAsync(address, stop).ConfigureAwait(false);
                    return socket;
                },
                cancellationToken).ConfigureAwait(false);
            string took = CheckText.Elapsed(server.Limit.Time.GetElapsedTime(start));
            return (new CheckResult(Check, target, CheckStatus.Ok, $"{role}in {took}"), new NetworkStream(socket, ownsSocket: true));
        }
        catch (SocketException error)
        {
            socket.Dispose();
            string why = CheckText.Less(TransportFailure.Describe(error, server.Destination), server.Destination);
            return (new CheckResult(Check, target, CheckStatus.Failed, role + why, Hint(server, error)), null);
        }
        catch (TimeoutException)
        {
            socket.Dispose();
            string why = $"{role}{CheckText.NotWithin(server.Limit.Length)}";
            return (new CheckResult(Check, target, CheckStatus.Failed, why, "look at host and port, and whether a firewall is between"), null);
        }
        catch (OperationCanceledException)
        {
            socket.Dispose();
            throw;
        }
    }

    private static (Socket Socket, EndPoint Address)? Prepare(CheckedServer server)
    {
        if (server.Destination.UnixSocket is { } path)
        {
            try
            {
                var socket = new UnixDomainSocketEndPoint(path);
                return (new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified), socket);
            }
            catch (ArgumentException)
            {
                return null;
            }
        }

        Uri address = server.Proxy ?? server.Destination.Endpoint;
        return (new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true }, new DnsEndPoint(address.IdnHost, address.Port));
    }

    private static string? Hint(CheckedServer server, SocketException error)
    {
        Uri endpoint = server.Destination.Endpoint;
        return error.SocketErrorCode switch
        {
            _ when server.Proxy is not null => "look at HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY",
            _ when server.Destination.UnixSocket is not null => "start the server, or look at the path of the socket",
            SocketError.ConnectionRefused when endpoint.Port is 80 or 443 => "name the port in the endpoint; OTLP's are 4317 for gRPC and 4318 for HTTP",
            SocketError.ConnectionRefused when endpoint.IsLoopback => "start the server, or look at the port; in a container this is the container itself",
            SocketError.ConnectionRefused => "look at the port; OTLP's are 4317 for gRPC and 4318 for HTTP",
            _ => "look at host and port, and whether a firewall is between",
        };
    }
}
