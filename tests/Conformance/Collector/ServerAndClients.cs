using System.Net.Http.Headers;
using Grpc.Net.Client;
using OpencodeOtel.TestCollector;

namespace OpencodeOtel.Conformance.Collector;

/// <summary>A test server, and a client of each transport that knows it.</summary>
internal sealed class ServerAndClients : IAsyncDisposable
{
    private readonly HttpClient _http = new();

    private ServerAndClients(OtlpTestServer server)
    {
        Server = server;
        Channel = GrpcChannel.ForAddress(server.GrpcEndpoint, new GrpcChannelOptions { MaxSendMessageSize = null });
        _http.BaseAddress = server.HttpEndpoint;
    }

    public OtlpTestServer Server { get; }

    public GrpcChannel Channel { get; }

    public static async Task<ServerAndClients> StartAsync() => new(await OtlpTestServer.StartAsync());

    public async Task<HttpResponseMessage> PostAsync(
        string path, string? contentType, byte[] body, string? encoding = null, CancellationToken cancellation = default)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = contentType is null ? null : MediaTypeHeaderValue.Parse(contentType);
        if (encoding is not null)
        {
            content.Headers.ContentEncoding.Add(encoding);
        }

        return await _http.PostAsync(new Uri(path, UriKind.Relative), content, cancellation);
    }

    public Task<HttpResponseMessage> GetAsync(string path) => _http.GetAsync(new Uri(path, UriKind.Relative));

    public async ValueTask DisposeAsync()
    {
        Channel.Dispose();
        _http.Dispose();
        await Server.DisposeAsync();
    }
}
