using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace OpencodeOtel.EndToEnd.Live.Opencode;

/// <summary>An OpenAI-compatible model on loopback that says what a test wrote for it.</summary>
/// <remarks>
/// Each model has its own queue of answers, one a request; when it is empty the model says <c>Done.</c> Requests for a title are
/// recognised and never take an answer from a queue. Safe for any thread.
/// </remarks>
public sealed class ScriptedModel : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, ConcurrentQueue<ModelAnswer>> _answers = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stopping = new();
    private readonly WebApplication _app;
    private int _answered;

    private ScriptedModel()
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddRoutingCore();
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    /// <summary>Gets the base URL for a provider's configuration.</summary>
    public Uri BaseAddress => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/v1");

    /// <summary>Gets how many requests were answered, or are being answered.</summary>
    public int Answered => Volatile.Read(ref _answered);

    /// <summary>Starts one, which listens when this returns.</summary>
    public static async Task<ScriptedModel> StartAsync()
    {
        var model = new ScriptedModel();
        await model._app.StartAsync();
        return model;
    }

    /// <summary>Adds answers of a model, in order.</summary>
    public void Script(string model, params ModelAnswer[] answers)
    {
        ConcurrentQueue<ModelAnswer> queue = _answers.GetOrAdd(model, _ => new ConcurrentQueue<ModelAnswer>());
        foreach (ModelAnswer answer in answers)
        {
            queue.Enqueue(answer);
        }
    }

    /// <summary>Forgets the answers that were not asked for.</summary>
    public void Clear() => _answers.Clear();

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
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _stopping.Token);
        using JsonDocument request = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: stop.Token);
        ModelAnswer answer = Next(request.RootElement);
        int number = Interlocked.Increment(ref _answered);
        try
        {
            await new CompletionWriter(context.Response, request.RootElement, number, stop.Token).WriteAsync(answer);
        }
        catch (OperationCanceledException)
        {
            // opencode went away, as it does on an abort, or the test has ended.
        }
    }

    private ModelAnswer Next(JsonElement request)
    {
        string model = request.GetProperty("model").GetString()!;
        return IsForTitle(request) ? ModelAnswer.Say("A title")
            : _answers.TryGetValue(model, out ConcurrentQueue<ModelAnswer>? queue) && queue.TryDequeue(out ModelAnswer? answer) ? answer
            : ModelAnswer.Say("Done.");
    }

    private static bool IsForTitle(JsonElement request) => request.GetProperty("messages").EnumerateArray().Any(message =>
        message.GetProperty("role").GetString() == "system"
        && message.GetProperty("content").GetRawText().Contains("title generator", StringComparison.OrdinalIgnoreCase));
}
