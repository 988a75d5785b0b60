using OpencodeOtel.Pipeline.Receiving.Events;

namespace OpencodeOtel.Pipeline.Receiving.Reading;

/// <summary>Hands on the tool calls of the second interface, and its shell commands as calls of the tool <c>bash</c>.</summary>
/// <param name="handler">Takes the events.</param>
/// <param name="memory">What was said at the start of a call.</param>
/// <param name="scratch">Room for strings with escapes.</param>
internal sealed class NextToolReader(IEventHandler handler, NextMemory memory, ScratchBuffer scratch)
{
    /// <summary>Hands on an event of a call.</summary>
    public void HandOn(EventType type, in NextBody body)
    {
        NextCall call = memory.Call(body.SessionId, body.CallId);
        bool isShell = type is EventType.NextShellStarted or EventType.NextShellEnded;
        ReadOnlySpan<byte> tool = isShell ? "bash"u8 : body.Tool;
        if (!tool.IsEmpty)
        {
            memory.KeepName(call.Tool, tool);
        }

        switch (type)
        {
            case EventType.NextToolNamed:
                handler.PartUpdated(ToPart(body, call, ToolStatus.Pending, default, default));
                break;
            case EventType.NextToolCalled or EventType.NextShellStarted:
                call.Start = body.Time;
                KeepInput(call, body, isShell);
                handler.PartUpdated(ToPart(body, call, ToolStatus.Running, isShell ? call.Input.Span : body.Input, body.Command));
                break;
            default:
                End(type, body, call);
                break;
        }
    }

    private static PartEvent ToPart(in NextBody body, NextCall call, ToolStatus status, ReadOnlySpan<byte> input, JsonText command)
    {
        bool isEnd = status is ToolStatus.Completed or ToolStatus.Error;
        return new PartEvent
        {
            Type = PartType.Tool,
            PartId = body.CallId,
            MessageId = body.MessageId,
            SessionId = body.SessionId,
            Tool = call.Tool.Span,
            CallId = body.CallId,
            Status = status,
            Input = input,
            Command = command,
            Output = status == ToolStatus.Completed ? body.Result.Output : default,
            ToolError = status == ToolStatus.Error ? body.ErrorText : default,
            Exit = body.Result.Exit,
            Lines = body.Result.Lines,
            TimeStart = call.Start,
            TimeEnd = isEnd ? body.Time : 0,
            EventTime = body.Time,
        };
    }

    private void End(EventType type, in NextBody body, NextCall call)
    {
        JsonText command = body.Command;
        if (!command.IsPresent && !call.Input.Span.IsEmpty)
        {
            MemberReader input = new(call.Input.Span, scratch);
            input.ReadFirst();
            input.Whole("command"u8, out command);
        }

        memory.End(body.SessionId, body.CallId);
        ToolStatus status = type == EventType.NextToolFailed ? ToolStatus.Error : ToolStatus.Completed;
        handler.PartUpdated(ToPart(body, call, status, body.Input.IsEmpty ? call.Input.Span : body.Input, command));
    }

    // A shell command has no input; as a call of bash it has one.
    private void KeepInput(NextCall call, in NextBody body, bool isShell)
    {
        if (!isShell)
        {
            memory.KeepInput(call.Input, default, body.Input, default);
        }
        else if (body.Command.IsPresent)
        {
            memory.KeepInput(call.Input, "{\"command\":\""u8, body.Command.Raw, "\"}"u8);
        }
    }
}
