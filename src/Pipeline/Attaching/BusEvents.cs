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

    /// <summary>Says or learns an event.</summary>
    public void Tell(MissedEvent missed)
    {
        switch (missed.Kind)
        {
            case MissedEventKind.SessionCreated:
                BeginBefore("session.created", missed.Value, missed.Time);
                break;
            case MissedEventKind.SessionUpdated:
                BeginBefore("session.updated", missed.Value, missed.Time);
                break;
            case MissedEventKind.Message:
                Begin("message.updated", "info", missed.Value);
                break;
            case MissedEventKind.OpenMessage:
                BeginBefore("message.updated", missed.Value, missed.Time);
                break;
            case MissedEventKind.Part:
                Begin("message.part.updated", "part", missed.Value);
                break;
            case MissedEventKind.Error:
                Begin("session.error", "sessionID", missed.Session);
                Append(",\"error\":");
                Append(missed.Value);
                AppendTime(missed.Time);
                break;
            case MissedEventKind.Idle:
                Begin("session.idle", "sessionID", missed.Session);
                AppendTime(missed.Time);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(missed));
        }

        End(missed.IsPast);
    }

    // Something as it was when it was created. A later time, wherever it stands, would take the events' clock ahead of what is told next.
    private void BeginBefore(string type, JsonElement info, long created)
    {
        _line.ResetWrittenCount();
        Append(string.Create(CultureInfo.InvariantCulture, $"{{\"type\":\"{type}\",\"properties\":{{\"info\":{{\"time\":{{\"created\":{created}}}"));
        foreach (JsonProperty member in info.EnumerateObject().Where(member => !member.NameEquals("time"u8) && !member.NameEquals("error"u8)))
        {
            Append(",\"");
            Append(JsonMarshal.GetRawUtf8PropertyName(member));
            Append("\":");
            Append(member.Value);
        }

        Append("}");
    }

    private void Begin(string type, string member, JsonElement value)
    {
        _line.ResetWrittenCount();
        Append($"{{\"type\":\"{type}\",\"properties\":{{\"{member}\":");
        Append(value);
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
            input.Tell(_line.WrittenSpan);
        }
    }

    private void AppendTime(long time)
    {
        // Without a time it is now.
        if (time > 0)
        {
            Append(string.Create(CultureInfo.InvariantCulture, $",\"time\":{time}"));
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
