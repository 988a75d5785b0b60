using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace OpencodeOtel.EndToEnd.Live.Opencode;

/// <summary>A real <c>opencode serve</c> in a workspace, driven over its HTTP API.</summary>
public sealed class OpencodeServer : IAsyncDisposable
{
    private readonly OpencodeWorkspace _workspace;
    private readonly Dictionary<string, string> _environment;
    private readonly int _port;
    private Process? _process;

    private OpencodeServer(OpencodeWorkspace workspace, string? password)
    {
        _workspace = workspace;
        _environment = password is null ? [] : new() { ["OPENCODE_SERVER_PASSWORD"] = password };
        _port = FreePort();
        Client = new HttpClient { BaseAddress = Address, Timeout = OpencodeProgram.Deadline };
        if (password is not null)
        {
            Client.DefaultRequestHeaders.Authorization =
                new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes("opencode:" + password)));
        }
    }

    /// <summary>Gets where it listens: the same after a restart.</summary>
    public Uri Address => new($"http://127.0.0.1:{_port}");

    /// <summary>Gets a client for anything that has no method here.</summary>
    public HttpClient Client { get; }

    /// <summary>Starts a server; it answers when this returns.</summary>
    /// <param name="workspace">Where it works.</param>
    /// <param name="password">Its password; none by default.</param>
    public static async Task<OpencodeServer> StartAsync(OpencodeWorkspace workspace, string? password = null)
    {
        var server = new OpencodeServer(workspace, password);
        try
        {
            await server.StartAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts it again after <see cref="KillAsync"/>, at the same address, with the same sessions.</summary>
    public async Task StartAsync()
    {
        ProcessStartInfo start = OpencodeProgram.Describe(
            _workspace, ["serve", "--hostname", "127.0.0.1", "--port", _port.ToString(CultureInfo.InvariantCulture)], _environment);
        _process = Process.Start(start) ?? throw new InvalidOperationException("opencode did not start.");
        _process.StandardInput.Close();
        var listening = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var output = new StringBuilder();
        DataReceivedEventHandler take = (_, line) =>
        {
            lock (output)
            {
                output.AppendLine(line.Data);
            }

            if (line.Data?.Contains("listening on", StringComparison.Ordinal) ?? false)
            {
                listening.TrySetResult();
            }
        };
        _process.OutputDataReceived += take;
        _process.ErrorDataReceived += take;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        using var deadline = new CancellationTokenSource(OpencodeProgram.Deadline);
        if (await Task.WhenAny(listening.Task, _process.WaitForExitAsync(deadline.Token)) != listening.Task)
        {
            lock (output)
            {
                throw new InvalidOperationException($"opencode did not listen:\n{output}");
            }
        }

        // The instance of the directory is made by the first request for it, which takes a while.
        (await Client.GetAsync("/agent", deadline.Token)).EnsureSuccessStatusCode();
    }

    /// <summary>Ends the process at once, as a crash would.</summary>
    public async Task KillAsync()
    {
        if (_process is { } process)
        {
            _process = null;
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }

    /// <summary>Records a stream of events.</summary>
    /// <param name="path">Which: <c>/global/event</c> or <c>/event</c>.</param>
    public Task<EventRecording> RecordAsync(string path = "/global/event") => EventRecording.StartAsync(Client, path);

    /// <summary>Creates a session.</summary>
    /// <returns>Its id.</returns>
    public async Task<string> CreateSessionAsync() => (await PostAsync("/session", "{}")).GetProperty("id").GetString()!;

    /// <summary>Sends a prompt; the answer comes as events.</summary>
    public Task PromptAsync(string sessionId, string text, string model = OpencodeWorkspace.Large) => PostAsync(
        $"/session/{sessionId}/prompt_async",
        $$"""{"model":{"providerID":"{{OpencodeWorkspace.Provider}}","modelID":"{{model}}"},"parts":[{"type":"text","text":"{{JsonEncodedText.Encode(text)}}"}]}""");

    /// <summary>Sends a prompt, and waits until the session has answered and is idle.</summary>
    public async Task AskAsync(EventRecording events, string sessionId, string text, string model = OpencodeWorkspace.Large)
    {
        int from = events.Mark;
        await PromptAsync(sessionId, text, model);
        await events.WaitForIdleAsync(sessionId, from);
    }

    /// <summary>Waits until a session does nothing more: after an abort or an error its idle comes before its end.</summary>
    public async Task SettleAsync(string sessionId)
    {
        using var deadline = new CancellationTokenSource(OpencodeProgram.Deadline);
        while ((await GetAsync("/session/status")).TryGetProperty(sessionId, out _))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), deadline.Token);
        }
    }

    /// <summary>Aborts what a session does.</summary>
    public Task AbortAsync(string sessionId) => PostAsync($"/session/{sessionId}/abort", "{}");

    /// <summary>Answers a request for permission.</summary>
    /// <param name="requestId">The request.</param>
    /// <param name="reply"><c>once</c>, <c>always</c> or <c>reject</c>.</param>
    public Task ReplyAsync(string requestId, string reply) => PostAsync($"/permission/{requestId}/reply", $$"""{"reply":"{{reply}}"}""");

    /// <summary>Asks for something.</summary>
    public async Task<JsonElement> GetAsync(string path) => await ReadAsync(await Client.GetAsync(path));

    /// <summary>Sends something.</summary>
    public async Task<JsonElement> PostAsync(string path, string json)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        return await ReadAsync(await Client.PostAsync(path, content));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        Client.Dispose();
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response)
    {
        using (response)
        {
            string text = await response.Content.ReadAsStringAsync();
            if (!response.IsSuccessStatusCode)
            {
                throw new InvalidOperationException($"{response.RequestMessage?.RequestUri?.AbsolutePath} answered {(int)response.StatusCode}: {text}");
            }

            using JsonDocument document = JsonDocument.Parse(text.Length == 0 ? "null" : text);
            return document.RootElement.Clone();
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
