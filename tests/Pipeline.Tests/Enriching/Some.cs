using System.Text;
using System.Text.Json;
using OpencodeOtel.Pipeline.Receiving.Events;

namespace OpencodeOtel.Pipeline.Tests.Enriching;

/// <summary>Events of a plausible session; each test names only what it is about.</summary>
internal static class Some
{
    public const string Session = "ses_1";
    public const string Project = "prj_1";
    public const string Prompt = "msg_user_1";
    public const string Message = "msg_assistant_1";
    public const string Call = "call_1";

    /// <summary>When the session is created.</summary>
    public const long T0 = 1_795_000_000_000;

    public static readonly TokenCounts Tokens = new(10, 20, 30, 40, 50);

    public static Happening SessionCreated(string id = Session, long at = T0, string parent = "", string project = Project) =>
        handler => handler.SessionCreated(SessionInfo(id, at, parent, project));

    /// <summary>The first line of a session of the run format.</summary>
    public static Happening SessionInferred(string id = Session, long at = T0) => handler =>
        handler.SessionCreated(new SessionEvent { SessionId = Utf8(id), TimeCreated = at, IsInferred = true, EventTime = at });

    public static Happening SessionUpdated(string id = Session, long at = T0, string parent = "", string project = Project, bool reverted = false) =>
        handler => handler.SessionUpdated(SessionInfo(id, at, parent, project, reverted));

    public static Happening Diff(params (long Added, long Removed)[] files) =>
        handler => handler.SessionDiff(new SessionDiffEvent { SessionId = Utf8(Session), Lines = Lines(files) });

    public static Happening MessageRemoved(string id = Prompt) =>
        handler => handler.MessageRemoved(new MessageRemovedEvent { SessionId = Utf8(Session), MessageId = Utf8(id) });

    public static Happening PermissionAsked(string id = "per_1", string permission = "bash", string title = "", string call = Call) =>
        handler => handler.PermissionAsked(new PermissionAskedEvent
        {
            RequestId = Utf8(id),
            SessionId = Utf8(Session),
            Permission = Utf8(permission),
            Title = Utf8(title),
            CallId = Utf8(call),
        });

    public static Happening PermissionReplied(string reply, string id = "per_1") =>
        handler => handler.PermissionReplied(new PermissionRepliedEvent { RequestId = Utf8(id), SessionId = Utf8(Session), Reply = Utf8(reply) });

    public static Happening Command(string name, string arguments) => handler => handler.CommandExecuted(new CommandEvent
    {
        SessionId = Utf8(Session),
        Name = Utf8(name),
        Arguments = TextOf(arguments),
    });

    public static Happening SubtaskPart(string agent = "reviewer", string description = "look at it", string prompt = "Look at it well", string id = "prt_s", string message = Prompt) =>
        handler => handler.PartUpdated(new PartEvent
        {
            Type = PartType.Subtask,
            PartId = Utf8(id),
            MessageId = Utf8(message),
            SessionId = Utf8(Session),
            Label = TextOf(description),
            SubtaskAgent = Utf8(agent),
            SubtaskPrompt = TextOf(prompt),
        });

    public static Happening Bash(string command, long? exit = 0, string call = Call, string tool = "bash", LineCounts lines = default, ToolStatus status = ToolStatus.Completed) =>
        handler => handler.PartUpdated(new PartEvent
        {
            Type = PartType.Tool,
            PartId = Utf8("prt_" + call),
            MessageId = Utf8(Message),
            SessionId = Utf8(Session),
            Tool = Utf8(tool),
            CallId = Utf8(call),
            Status = status,
            Command = TextOf(command),
            Exit = exit,
            Lines = lines,
            TimeStart = T0 + 300,
            TimeEnd = T0 + 420,
            EventTime = T0 + 420,
        });

    public static LineCounts Lines(params (long Added, long Removed)[] files) =>
        new(IsPresent: true, files.Length, files.Sum(file => file.Added), files.Sum(file => file.Removed));

    public static Happening SessionDeleted(string id = Session, long at = T0) =>
        handler => handler.SessionDeleted(SessionInfo(id, at, string.Empty, Project));

    public static Happening Idle(string session = Session, long at = 0) =>
        handler => handler.SessionIdle(new SessionIdleEvent { SessionId = Utf8(session), EventTime = at });

    public static Happening Retry(string session = Session) => Status(SessionStatusType.Retry, session);

    public static Happening Status(SessionStatusType type, string session = Session) =>
        handler => handler.SessionStatus(new SessionStatusEvent { SessionId = Utf8(session), Type = type, Attempt = 1 });

    public static Happening Error(string session = Session, string? name = "APIError", string? message = "no key") =>
        handler => handler.SessionError(new SessionErrorEvent { SessionId = Utf8(session), Error = ErrorOf(name, message) });

    public static Happening UserMessage(
        string id = Prompt,
        string session = Session,
        long at = T0 + 100,
        string agent = "build",
        string provider = "acme",
        string model = "acme-1",
        LineCounts lines = default) => handler => handler.MessageUpdated(new MessageEvent
        {
            MessageId = Utf8(id),
            SessionId = Utf8(session),
            Role = MessageRole.User,
            Agent = Utf8(agent),
            ProviderId = Utf8(provider),
            ModelId = Utf8(model),
            TimeCreated = at,
            Lines = lines,
            EventTime = at,
        });

    public static Happening AssistantMessage(
        string id = Message,
        string session = Session,
        string parent = Prompt,
        long at = T0 + 200,
        long completed = 0,
        TokenCounts? tokens = null,
        double cost = 0.25,
        string agent = "build",
        string provider = "acme",
        string model = "acme-1",
        string finish = "stop",
        string? error = null,
        string? errorMessage = null) => handler => handler.MessageUpdated(new MessageEvent
        {
            MessageId = Utf8(id),
            SessionId = Utf8(session),
            Role = MessageRole.Assistant,
            ParentId = Utf8(parent),
            Agent = Utf8(agent),
            ProviderId = Utf8(provider),
            ModelId = Utf8(model),
            TimeCreated = at,
            TimeCompleted = completed,
            Tokens = tokens ?? Tokens,
            Cost = cost,
            Finish = Utf8(finish),
            Error = ErrorOf(error, errorMessage),
            EventTime = Math.Max(at, completed),
        });

    /// <summary>An assistant message that takes 500 ms.</summary>
    public static Happening CompletedMessage(string id = Message, string session = Session, string parent = Prompt, long at = T0 + 200) =>
        AssistantMessage(id, session, parent, at, at + 500);

    public static Happening TextPart(string text, string message = Prompt, string id = "prt_1", string session = Session, bool synthetic = false) =>
        handler => handler.PartUpdated(new PartEvent
        {
            Type = PartType.Text,
            PartId = Utf8(id),
            MessageId = Utf8(message),
            SessionId = Utf8(session),
            Text = TextOf(text),
            IsSynthetic = synthetic,
        });

    public static Happening LabelPart(PartType type, string label, string id, string message = Prompt, string session = Session) =>
        handler => handler.PartUpdated(new PartEvent
        {
            Type = type,
            PartId = Utf8(id),
            MessageId = Utf8(message),
            SessionId = Utf8(session),
            Label = TextOf(label),
        });

    public static Happening ToolRunning(string call = Call, string session = Session, string tool = "bash", long start = T0 + 300, string message = Message, string input = "") =>
        Tool(ToolStatus.Running, call, session, tool, start, 0, message: message, input: input);

    public static Happening ToolCompleted(
        string call = Call, string session = Session, string tool = "bash", long start = T0 + 300, long end = T0 + 420, string? output = "done", string message = Message, string input = "") =>
        Tool(ToolStatus.Completed, call, session, tool, start, end, output, message: message, input: input);

    public static Happening ToolFailed(string call = Call, string session = Session, string tool = "bash", long start = T0 + 300, long end = T0 + 420, string? error = "no such file") =>
        Tool(ToolStatus.Error, call, session, tool, start, end, error: error);

    public static Happening Tool(
        ToolStatus status,
        string call = Call,
        string session = Session,
        string tool = "bash",
        long start = 0,
        long end = 0,
        string? output = null,
        string? error = null,
        string message = Message,
        string part = "prt_tool",
        string input = "") => handler => handler.PartUpdated(new PartEvent
        {
            Type = PartType.Tool,
            PartId = Utf8(part),
            MessageId = Utf8(message),
            SessionId = Utf8(session),
            Tool = Utf8(tool),
            CallId = Utf8(call),
            Status = status,
            Input = Utf8(input),
            Output = TextOf(output),
            ToolError = TextOf(error),
            TimeStart = start,
            TimeEnd = end,
            EventTime = Math.Max(start, end),
        });

    /// <summary>A session of one turn with one tool call, from its creation to its idle.</summary>
    public static Happening[] Turn(string session = Session, string prompt = Prompt, string message = Message, string call = Call, long at = T0) =>
    [
        SessionCreated(session, at),
        UserMessage(prompt, session, at + 100),
        TextPart("Say hello", prompt, session: session),
        AssistantMessage(message, session, prompt, at + 200),
        ToolRunning(call, session, start: at + 300, message: message),
        ToolCompleted(call, session, start: at + 300, end: at + 420, message: message),
        AssistantMessage(message, session, prompt, at + 200, at + 700),
        Idle(session),
    ];

    public static byte[] Utf8(string? text) => Encoding.UTF8.GetBytes(text ?? string.Empty);

    /// <summary>A text as it stands in an event: with escapes where it needs them.</summary>
    public static JsonText TextOf(string? text)
    {
        bool isEscaped = text is not null && text.Any(letter => letter is '"' or '\\' or < ' ');
        return new JsonText(isEscaped ? JsonEncodedText.Encode(text!).EncodedUtf8Bytes : Utf8(text), isEscaped, isPresent: text is not null);
    }

    public static ErrorInfo ErrorOf(string? name, string? message) => name is null && message is null
        ? default
        : new ErrorInfo { IsPresent = true, Name = Utf8(name), Message = TextOf(message) };

    private static SessionEvent SessionInfo(string id, long at, string parent, string project, bool reverted = false) => new()
    {
        IsReverted = reverted,
        SessionId = Utf8(id),
        ProjectId = Utf8(project),
        ParentId = Utf8(parent),
        TimeCreated = at,
        EventTime = at,
    };
}
