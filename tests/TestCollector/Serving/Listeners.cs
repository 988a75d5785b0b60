using System.IO.Compression;
using System.Net;
using Grpc.AspNetCore.Server.Model;
using Grpc.Net.Compression;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpencodeOtel.TestCollector.Reading;

namespace OpencodeOtel.TestCollector.Serving;

/// <summary>Kestrel with one port for each transport, on loopback, at ports that the system chooses.</summary>
internal sealed class Listeners : IAsyncDisposable
{
    // Twice the 64 MiB that OTLP lets a client send, so that it is the client that a test finds at its limit.
    private const int MaxRequestBytes = 128 * 1024 * 1024;

    // Enough to answer what is under way; a client that never reads must not hold up a test.
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(2);

    private readonly WebApplication _app;
    private ListenOptions? _grpc;
    private ListenOptions? _http;

    public Listeners(Inbox inbox, Exchange exchange)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(ConfigureKestrel);
        builder.Services.AddSingleton<IHostLifetime, CallerOwnedLifetime>();
        builder.Services.AddSingleton(exchange);
        builder.Services.AddSingleton<IServiceMethodProvider<GrpcReception>, GrpcReception.Methods>();
        builder.Services.AddGrpc(options =>
        {
            options.MaxReceiveMessageSize = MaxRequestBytes;
            options.EnableDetailedErrors = true;
            options.CompressionProviders.Add(new GzipCompressionProvider(CompressionLevel.Fastest)); // Naming any leaves out the usual one.
            options.CompressionProviders.Add(new ZstdProvider());
        });
        _app = builder.Build();
        _app.Use((http, next) =>
        {
            bool grpc = HttpProtocol.IsHttp2(http.Request.Protocol);
            if (exchange.CutsUnread?.Invoke(grpc ? OtlpTransport.Grpc : OtlpTransport.Http) != true)
            {
                return next(http);
            }

            Cut(http);
            return Task.CompletedTask;
        });
        _app.MapGrpcService<GrpcReception>();
        foreach (SignalSchema schema in SignalSchema.All)
        {
            _app.MapPost(schema.HttpPath, new HttpReception(schema, inbox, exchange).HandleAsync);
        }
    }

    /// <summary>Gets the address of the port that speaks HTTP/2 in cleartext.</summary>
    public Uri GrpcEndpoint => Address(_grpc);

    /// <summary>Gets the address of the port that speaks HTTP/1.1.</summary>
    public Uri HttpEndpoint => Address(_http);

    /// <summary>Binds both ports and starts to listen.</summary>
    public Task StartAsync(CancellationToken cancellationToken) => _app.StartAsync(cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        using (var timeout = new CancellationTokenSource(StopTimeout))
        {
            await _app.StopAsync(timeout.Token);
        }

        await _app.DisposeAsync();
    }

    private static void Cut(HttpContext http)
    {
        if (http.Features.Get<IHttpResetFeature>() is { } call)
        {
            call.Reset(GrpcReception.CancelError);
        }
        else
        {
            http.Abort();
        }
    }

    private static Uri Address(ListenOptions? listener) => listener?.IPEndPoint is { Port: > 0 } bound
        ? new Uri($"http://{bound}")
        : throw new InvalidOperationException("The server has not been started.");

    private void ConfigureKestrel(KestrelServerOptions options)
    {
        options.AllowAlternateSchemes = true; // A test may put TLS in front of it.
        options.Limits.MaxRequestBodySize = MaxRequestBytes;
        options.Limits.MinRequestBodyDataRate = null;
        options.Limits.MinResponseDataRate = null;
        options.Listen(IPAddress.Loopback, 0, listener =>
        {
            listener.Protocols = HttpProtocols.Http2;
            _grpc = listener;
        });
        options.Listen(IPAddress.Loopback, 0, listener =>
        {
            listener.Protocols = HttpProtocols.Http1;
            _http = listener;
        });
    }
}
