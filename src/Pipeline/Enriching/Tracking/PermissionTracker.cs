using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Enriching.Emitting;
using OpencodeOtel.Pipeline.Enriching.State;
using OpencodeOtel.Pipeline.Receiving.Events;

namespace OpencodeOtel.Pipeline.Enriching.Tracking;

/// <summary>Requests for permission and the replies to them, of both generations.</summary>
/// <param name="context">What enriching works with.</param>
/// <param name="logs">Makes the records.</param>
/// <param name="tools">Knows the calls that ask.</param>
internal sealed class PermissionTracker(EnrichingContext context, LogEmitter logs, ToolTracker tools)
{
    private readonly AgedTable<PermissionState> _requests = new(context.Limits.Permissions);
    private readonly Pool<PermissionState> _pool = new();

    /// <summary>A permission is asked for.</summary>
    public void Asked(SessionState session, in PermissionAskedEvent asked)
    {
        IdHash hash = session.Hash.Append(IdKind.Permission, asked.RequestId);
        if (!_requests.TryFind(hash, out PermissionState? request))
        {
            if (_requests.Overdue is { } oldest)
            {
                context.Counts.PermissionsForgotten++;
                Forget(oldest);
            }

            request = _pool.Rent();
            _requests.Add(hash, request);
        }

        request.Type = context.Texts.Get(asked.Permission);
        request.Call = session.Hash.Append(IdKind.Call, asked.CallId);
        request.Tool = asked.Title.IsEmpty ? tools.ToolOf(request.Call) : context.Texts.Get(asked.Title);
    }

    /// <summary>A permission is given or refused. A call that began after it asked is known by now.</summary>
    public void Replied(SessionState session, in PermissionRepliedEvent replied)
    {
        OtlpString type = default;
        OtlpString tool = default;
        ToolCallState? call = null;
        if (_requests.TryFind(session.Hash.Append(IdKind.Permission, replied.RequestId), out PermissionState? request))
        {
            type = request.Type;
            call = tools.Find(request.Call);
            tool = request.Tool.IsEmpty ? tools.ToolOf(request.Call) : request.Tool;
            tool = tool.IsEmpty ? type : tool;
            Forget(request);
        }

        ReadOnlySpan<byte> reply = replied.Reply;
        bool isAccepted = reply.SequenceEqual("once"u8) || reply.SequenceEqual("always"u8) || reply.SequenceEqual("allow"u8) || reply.SequenceEqual("allowAlways"u8);
        logs.Decided(session, Known(tool), Known(type), isAccepted, Known(context.Texts.Get(reply)), call);
    }

    private void Forget(PermissionState request)
    {
        _requests.Remove(request);
        _pool.Return(request);
    }

    private static OtlpString Known(OtlpString text) => text.IsEmpty ? Words.Unknown : text;
}
