using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace OpencodeOtel.EndToEnd.Automation;

/// <summary>The files of one release on loopback.</summary>
public sealed class ReleaseServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ReleaseServer(WebApplication app) => _app = app;

    /// <summary>Gets the address that stands before <c>/vVERSION/FILE</c>.</summary>
    public string Address => _app.Urls.First();

    /// <summary>Starts it.</summary>
    public static async Task<ReleaseServer> StartAsync(string version, params (string Name, byte[] Bytes)[] files)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        WebApplication app = builder.Build();
        foreach ((string name, byte[] bytes) in files)
        {
            app.MapGet($"/v{version}/{name}", () => Results.Bytes(bytes));
        }

        await app.StartAsync();
        return new ReleaseServer(app);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
