using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace OpencodeOtel.EndToEnd.Automation;

/// <summary>A webhook on loopback: keeps what is posted, answers as it is told, then 204 as Discord does.</summary>
public sealed class DiscordWebhook : IAsyncDisposable
{
    /// <summary>The secret part of the address.</summary>
    public const string Token = "marked-webhook-token";

    private readonly WebApplication _app;
    private readonly ConcurrentQueue<JsonElement> _posted = new();
    private readonly ConcurrentQueue<int> _answers;

    private DiscordWebhook(WebApplication app, IEnumerable<int> answers)
    {
        _app = app;
        _answers = new ConcurrentQueue<int>(answers);
    }

    /// <summary>Gets the address to post to.</summary>
    public string Address => $"{_app.Urls.First()}/api/webhooks/1/{Token}";

    /// <summary>Gets what was posted, in order.</summary>
    public IReadOnlyList<JsonElement> Posted => [.. _posted];

    /// <summary>Starts it.</summary>
    /// <param name="answers">The statuses of its first answers.</param>
    public static async Task<DiscordWebhook> StartAsync(params int[] answers)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        WebApplication app = builder.Build();
        var webhook = new DiscordWebhook(app, answers);
        app.MapPost($"/api/webhooks/1/{Token}", webhook.ReceiveAsync);
        await app.StartAsync();
        return webhook;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task ReceiveAsync(HttpContext context)
    {
        using JsonDocument body = await JsonDocument.ParseAsync(context.Request.Body);
        _posted.Enqueue(body.RootElement.Clone());
        context.Response.StatusCode = _answers.TryDequeue(out int status) ? status : StatusCodes.Status204NoContent;
        if (context.Response.StatusCode == StatusCodes.Status429TooManyRequests)
        {
            context.Response.Headers.RetryAfter = "0.01";
        }
    }
}
