using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace OpencodeOtel.Pipeline.Attaching;

/// <summary>Says what was read over the API as the events that were missed.</summary>
/// <remarks>
/// An event goes to the pipeline as one line. What the server wrote is copied as it is, but for line ends between its tokens. An event
/// of the past is only learnt.
/// </remarks>
/// <param name="input">Where the events go.</param>
internal sealed class BusEvents(PipelineInput input)
{
    private readonly ArrayBufferWriter<byte> _line = new();

    /// <summary><c>session.created</c> or <c>session.updated</c>.</summary>
    public void Session(JsonElement info, bool isCreation, bool isPast)
    {
        Begin(isCreation ? "session.created" : "session.updated", "\"info\":");
        Append(info);
        End(isPast);
    }

    /// <summary><c>message.updated</c>.</summary>
    public void Message(JsonElement info, bool isPast)
    {
        Begin("message.updated", "\"info\":");
        Append(info);
        End(isPast);
    }

    /// <summary><c>message.updated</c> of a message as it was before it was completed.</summary>
    public void OpenMessage(JsonElement info, long created, bool isPast)
    {
        // Of equal members the last counts, as everywhere in reading.
        Begin("message.updated", "\"info\":");
        ReadOnlySpan<byte> raw = JsonMarshal.GetRawUtf8Value(info);
        Append(raw[..raw.LastIndexOf((byte)'}')]);
        Append(string.Create(CultureInfo.InvariantCulture, $",\"error\":null,\"time\":{{\"created\":{created}}}}}"));
        End(isPast);
    }

    /// <summary><c>message.part.updated</c>.</summary>
    public void Part(JsonElement part, bool isPast)
    {
        Begin("message.part.updated", "\"part\":");
        Append(part);
        End(isPast);
    }

    /// <summary><c>session.idle</c>.</summary>
    /// <param name="sessionId">The id, as JSON text.</param>
    /// <param name="time">When, in Unix milliseconds; 0 for now.</param>
    /// <param name="isPast">Whether it is only learnt.</param>
    public void Idle(JsonElement sessionId, long time, bool isPast)
    {
        Begin("session.idle", "\"sessionID\":");
        Append(sessionId);
        if (time > 0)
        {
            Append(string.Create(CultureInfo.InvariantCulture, $",\"time\":{time}"));
        }

        End(isPast);
    }

    private void Begin(string type, string member)
    {
        _line.ResetWrittenCount();
        Append($"{{\"type\":\"{type}\",\"properties\":{{{member}");
    }

    private void End(bool isPast)
    {
        Append("}}\n");
        if (isPast)
        {
            input.Learn(_line.WrittenSpan);
        }
        else
        {
            input.Push(_line.WrittenSpan);
        }
    }

    private void Append(string text) => Encoding.UTF8.GetBytes(text, _line);

    private void Append(JsonElement value) => Append(JsonMarshal.GetRawUtf8Value(value));

    private void Append(ReadOnlySpan<byte> raw)
    {
        Span<byte> target = _line.GetSpan(raw.Length)[..raw.Length];
        raw.CopyTo(target);
        target.Replace((byte)'\n', (byte)' ');
        target.Replace((byte)'\r', (byte)' ');
        _line.Advance(raw.Length);
    }
}
