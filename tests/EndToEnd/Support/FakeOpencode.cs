using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace OpencodeOtel.EndToEnd.Support;

/// <summary>A server that speaks as opencode does, and says what a test tells it to: event streams, and documents of the API.</summary>
public sealed class FakeOpencode : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly Channel<FakeStream> _streams = Channel.CreateUnbounded<FakeStream>();
    private readonly ConcurrentQueue<string> _asked = new();
    private readonly WebApplication _app;
    private int _hangs;

    private FakeOpencode(int port)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        builder.Services.AddRoutingCore();
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    /// <summary>Gets the address.</summary>
    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <summary>Gets the documents of the API, by path; others are not found.</summary>
    public ConcurrentDictionary<string, string> Documents { get; } = new(StringComparer.Ordinal);

    /// <summary>Gets or sets the credentials that are asked for, <c>user:password</c>; none by default.</summary>
    public string? Credentials { get; set; }

    /// <summary>Gets the paths and queries that were asked for.</summary>
    public IReadOnlyCollection<string> Asked => _asked;

    /// <summary>Starts one, which listens when this returns.</summary>
    /// <param name="port">Where; anywhere by default.</param>
    public static async Task<FakeOpencode> StartAsync(int port = 0)
    {
        var server = new FakeOpencode(port) { Documents = { ["/path"] = """{"directory":"/repo"}""", ["/session"] = "[]", ["/session/status"] = "{}" } };
        await server._app.StartAsync();
        return server;
    }

    /// <summary>Never answers the next requests for events.</summary>
    public void Hang(int requests) => Interlocked.Add(ref _hangs, requests);

    /// <summary>Waits for the next connection to an event stream; it has had its greeting.</summary>
    public async Task<FakeStream> NextStreamAsync()
    {
        using var deadline = new CancellationTokenSource(CliProcess.Deadline);
        return await _streams.Reader.ReadAsync(deadline.Token);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        using (var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(2)))
        {
            await _app.StopAsync(timeout.Token);
        }

        await _app.DisposeAsync();
        _stopping.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        string path = context.Request.Path.Value ?? string.Empty;
        _asked.Enqueue(path + context.Request.QueryString);
        if (Credentials is { } credentials
            && context.Request.Headers.Authorization != "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials)))
        {
            context.Response.StatusCode = 401;
        }
        else if (path is "/global/event" or "/event")
        {
            await StreamAsync(context, isGlobal: path != "/event");
        }
        else if (Documents.TryGetValue(path, out string? document))
        {
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(document, context.RequestAborted);
        }
        else
        {
            context.Response.StatusCode = 404;
        }
    }

    private async Task StreamAsync(HttpContext context, bool isGlobal)
    {
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _stopping.Token);
        try
        {
            if (Interlocked.Decrement(ref _hangs) >= 0)
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, gone.Token);
            }

            context.Response.ContentType = "text/event-stream";
            await using var stream = new FakeStream(context, isGlobal);
            await stream.SendAsync("""{"id":"evt_hello","type":"server.connected","properties":{}}""");
            _streams.Writer.TryWrite(stream);
            await stream.Ended.WaitAsync(gone.Token);
        }
        catch (OperationCanceledException)
        {
            // The client went away, or the test has ended.
        }
    }
}
