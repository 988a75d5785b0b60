using System.Text;
using Microsoft.AspNetCore.Http;

namespace OpencodeOtel.EndToEnd.Support;

/// <summary>One connection to an event stream of a <see cref="FakeOpencode"/>.</summary>
public sealed class FakeStream(HttpContext context, bool isGlobal) : IAsyncDisposable
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Gets what completes when the connection is to end.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Sends an event of the bus, in the shape of this stream.</summary>
    /// <param name="json">The event.</param>
    /// <param name="directory">The directory that it is of, on a global stream.</param>
    public Task SendAsync(string json, string directory = "/repo") => SendBytesAsync(Encoding.UTF8.GetBytes(
        isGlobal ? $$"""data: {"directory":"{{directory}}","project":"p","payload":{{json}}}""" + "\n\n" : $"data: {json}\n\n"));

    /// <summary>Sends events.</summary>
    public async Task SendAllAsync(IEnumerable<string> events)
    {
        foreach (string json in events)
        {
            await SendAsync(json);
        }
    }

    /// <summary>Sends bytes as they are.</summary>
    public async Task SendBytesAsync(ReadOnlyMemory<byte> bytes)
    {
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }

    /// <summary>Ends the stream in order.</summary>
    public void End() => _ended.TrySetResult();

    /// <summary>Breaks the connection.</summary>
    public void Cut()
    {
        context.Abort();
        _ended.TrySetResult();
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _ended.TrySetResult();
        return ValueTask.CompletedTask;
    }
}
