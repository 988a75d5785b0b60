using System.Text;
using System.Text.Json;

namespace OpencodeOtel.EndToEnd.Live.Opencode;

/// <summary>Records an event stream of a server as the bytes that came, and lets a test wait for an event.</summary>
public sealed class EventRecording : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly MemoryStream _bytes = new();
    private readonly List<JsonElement> _events = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly HttpResponseMessage _response;
    private readonly Task _reading;
    private TaskCompletionSource _changed = NewSignal();

    private EventRecording(HttpResponseMessage response)
    {
        _response = response;
        _reading = ReadAsync();
    }

    /// <summary>Gets how many events came so far: what comes later starts there.</summary>
    public int Mark
    {
        get
        {
            lock (_lock)
            {
                return _events.Count;
            }
        }
    }

    /// <summary>Connects, and records from then on.</summary>
    public static async Task<EventRecording> StartAsync(HttpClient client, string path)
    {
        HttpResponseMessage response = await client.GetAsync(path, HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        return new EventRecording(response);
    }

    /// <summary>Waits for an event, the body of which is as <paramref name="condition"/> says: its type and its properties.</summary>
    /// <param name="what">What is waited for, for the message of a failure.</param>
    /// <param name="from">The first event to look at.</param>
    /// <param name="condition">Whether it is the one.</param>
    public async Task<JsonElement> WaitForAsync(string what, int from, Func<string, JsonElement, bool> condition)
    {
        using var deadline = new CancellationTokenSource(OpencodeProgram.Deadline);
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                changed = _changed.Task;
                for (; from < _events.Count; from++)
                {
                    JsonElement body = _events[from];
                    if (body.TryGetProperty("type", out JsonElement type) && body.TryGetProperty("properties", out JsonElement properties)
                        && condition(type.GetString()!, properties))
                    {
                        return properties;
                    }
                }
            }

            try
            {
                await changed.WaitAsync(deadline.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"{what} did not come; there were {from} events.");
            }
        }
    }

    /// <summary>Waits until a session that worked is idle again.</summary>
    public Task WaitForIdleAsync(string sessionId, int from) => WaitForAsync(
        "The session's idle", from, (type, properties) => type == "session.idle" && properties.GetProperty("sessionID").GetString() == sessionId);

    /// <summary>Stops recording, and returns the bytes.</summary>
    public async Task<byte[]> StopAsync()
    {
        await _stop.CancelAsync();
        await _reading;
        return _bytes.ToArray();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _response.Dispose();
        _stop.Dispose();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task ReadAsync()
    {
        byte[] buffer = new byte[64 * 1024];
        var unfinished = new StringBuilder();
        Decoder decoder = Encoding.UTF8.GetDecoder();
        try
        {
            await using Stream stream = await _response.Content.ReadAsStreamAsync();
            int count;
            while ((count = await stream.ReadAsync(buffer, _stop.Token)) > 0)
            {
                _bytes.Write(buffer, 0, count);
                char[] text = new char[decoder.GetCharCount(buffer, 0, count)];
                decoder.GetChars(buffer, 0, count, text, 0);
                unfinished.Append(text);
                Take(unfinished);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or HttpRequestException)
        {
            // Stopped, or the server went away: what was recorded counts.
        }
    }

    private void Take(StringBuilder unfinished)
    {
        string text = unfinished.ToString();
        int end = text.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (end < 0)
        {
            return;
        }

        unfinished.Clear().Append(text, end + 2, text.Length - end - 2);
        lock (_lock)
        {
            foreach (string frame in text[..end].Split("\n\n"))
            {
                using JsonDocument document = JsonDocument.Parse(frame["data:".Length..]);
                JsonElement root = document.RootElement.Clone();
                _events.Add(root.TryGetProperty("payload", out JsonElement payload) ? payload : root);
            }

            TaskCompletionSource changed = _changed;
            _changed = NewSignal();
            changed.SetResult();
        }
    }
}
