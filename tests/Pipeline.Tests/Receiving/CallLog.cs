using System.Globalization;
using System.Text;
using OpencodeOtel.Pipeline.Receiving;
using OpencodeOtel.Pipeline.Receiving.Events;

namespace OpencodeOtel.Pipeline.Tests.Receiving;

/// <summary>Writes down every call with all that its view says; what is empty, 0 or absent is left out.</summary>
internal sealed class CallLog : IEventHandler
{
    private readonly StringBuilder _line = new();

    public List<string> Calls { get; } = [];

    public void SessionCreated(in SessionEvent session) => Session("SessionCreated", in session);

    public void SessionUpdated(in SessionEvent session) => Session("SessionUpdated", in session);

    public void SessionDeleted(in SessionEvent session) => Session("SessionDeleted", in session);

    public void SessionIdle(in SessionIdleEvent idle)
    {
        Begin("SessionIdle", idle.SessionId);
        End(idle.EventTime);
    }

    public void SessionStatus(in SessionStatusEvent status)
    {
        Begin("SessionStatus", status.SessionId);
        Add("type", status.Type.ToString());
        Add("attempt", status.Attempt);
        End(status.EventTime);
    }

    public void SessionError(in SessionErrorEvent error)
    {
        Begin("SessionError", error.SessionId);
        Add(error.Error);
        End(error.EventTime);
    }

    public void SessionDiff(in SessionDiffEvent diff)
    {
        Begin("SessionDiff", diff.SessionId);
        Add(diff.Lines);
        End(diff.EventTime);
    }

    public void MessageUpdated(in MessageEvent message)
    {
        Begin("MessageUpdated", message.SessionId);
        Add("id", message.MessageId);
        Add("role", message.Role.ToString());
        Add("parent", message.ParentId);
        Add("agent", message.Agent);
        Add("provider", message.ProviderId);
        Add("model", message.ModelId);
        Add("created", message.TimeCreated);
        Add("completed", message.TimeCompleted);
        Add("cost", message.Cost == 0 ? "" : message.Cost.ToString("R", CultureInfo.InvariantCulture));
        TokenCounts tokens = message.Tokens;
        Add("tokens", tokens == default ? "" : $"{tokens.Input}/{tokens.Output}/{tokens.Reasoning}/{tokens.CacheRead}/{tokens.CacheWrite}");
        Add("finish", message.Finish);
        Add(message.Error);
        Add(message.Lines);
        End(message.EventTime);
    }

    public void MessageRemoved(in MessageRemovedEvent removed)
    {
        Begin("MessageRemoved", removed.SessionId);
        Add("id", removed.MessageId);
        End(removed.EventTime);
    }

    public void PartUpdated(in PartEvent part)
    {
        Begin("PartUpdated", part.SessionId);
        Add("type", part.Type.ToString());
        Add("id", part.PartId);
        Add("message", part.MessageId);
        Add("text", part.Text);
        Add("synthetic", part.IsSynthetic ? "yes" : "");
        Add("label", part.Label);
        Add("subtaskAgent", part.SubtaskAgent);
        Add("subtaskPrompt", part.SubtaskPrompt);
        Add("tool", part.Tool);
        Add("call", part.CallId);
        Add("status", part.Type == PartType.Tool ? part.Status.ToString() : "");
        Add("input", part.Input);
        Add("command", part.Command);
        Add("output", part.Output);
        Add("error", part.ToolError);
        Add("exit", part.Exit is long exit ? (exit == 0 ? "" : exit.ToString(CultureInfo.InvariantCulture)) : "null");
        Add(part.Lines);
        Add("start", part.TimeStart);
        Add("end", part.TimeEnd);
        End(part.EventTime);
    }

    public void PermissionAsked(in PermissionAskedEvent permission)
    {
        Begin("PermissionAsked", permission.SessionId);
        Add("id", permission.RequestId);
        Add("permission", permission.Permission);
        Add("title", permission.Title);
        Add("call", permission.CallId);
        End(permission.EventTime);
    }

    public void PermissionReplied(in PermissionRepliedEvent reply)
    {
        Begin("PermissionReplied", reply.SessionId);
        Add("id", reply.RequestId);
        Add("reply", reply.Reply);
        End(reply.EventTime);
    }

    public void CommandExecuted(in CommandEvent command)
    {
        Begin("CommandExecuted", command.SessionId);
        Add("name", command.Name);
        Add("message", command.MessageId);
        Add("arguments", command.Arguments);
        End(command.EventTime);
    }

    private void Session(string call, in SessionEvent session)
    {
        Begin(call, session.SessionId);
        Add("project", session.ProjectId);
        Add("parent", session.ParentId);
        Add("created", session.TimeCreated);
        Add("reverted", session.IsReverted ? "yes" : "");
        End(session.EventTime);
    }

    private void Begin(string call, ReadOnlySpan<byte> sessionId)
    {
        _line.Clear().Append(call);
        Add("session", sessionId);
    }

    private void End(long eventTime)
    {
        Add("at", eventTime);
        Calls.Add(_line.ToString());
    }

    private void Add(string name, string value)
    {
        if (value.Length > 0)
        {
            _line.Append(' ').Append(name).Append('=').Append(value);
        }
    }

    private void Add(string name, ReadOnlySpan<byte> value) => Add(name, Encoding.UTF8.GetString(value));

    private void Add(string name, long value) => Add(name, value == 0 ? "" : value.ToString(CultureInfo.InvariantCulture));

    private void Add(string name, JsonText value)
    {
        if (value.IsPresent)
        {
            byte[] copy = new byte[value.Utf8Length];
            Assert.Equal(copy.Length, value.CopyUtf8(copy));
            Add(name, $"'{Encoding.UTF8.GetString(copy)}'");
        }
    }

    private void Add(LineCounts lines) => Add("lines", lines.IsPresent ? $"{lines.Files}:+{lines.Added}-{lines.Removed}" : "");

    private void Add(ErrorInfo error)
    {
        if (error.IsPresent)
        {
            Add("failed", "yes");
            Add("errorName", error.Name);
            Add("errorMessage", error.Message);
        }
    }
}
