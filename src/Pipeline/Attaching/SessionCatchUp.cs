using System.Text;
using System.Text.Json;
using OpencodeOtel.Pipeline.Enriching;

namespace OpencodeOtel.Pipeline.Attaching;

/// <summary>Tells the pipeline what it missed of one session: what happened since the gap began is said, what was before is learnt.</summary>
/// <remarks>
/// Saying something twice does no harm, since what was counted is known by its id. What is learnt makes no telemetry, but later
/// events find their session, prompt and run, and are not taken for new. A run of the past is learnt together with its end, or it
/// would end now.
/// </remarks>
/// <param name="pipeline">Is told.</param>
/// <param name="gap">What was missed.</param>
internal sealed class SessionCatchUp(TelemetryPipeline pipeline, Gap gap)
{
    private readonly BusEvents _events = new(pipeline.OpenInput());

    /// <summary>Says or learns what was missed.</summary>
    /// <param name="info">The session.</param>
    /// <param name="messages">Its messages, in order.</param>
    /// <param name="isBusy">Whether it works now.</param>
    public void Tell(JsonElement info, List<MissedMessage> messages, bool isBusy)
    {
        byte[] sessionId = Encoding.UTF8.GetBytes(ApiJson.Text(info, "id"));
        SessionPhase phase = pipeline.PhaseOf(sessionId);
        bool isUnknown = phase == SessionPhase.Unknown;
        bool isNew = isUnknown && ApiJson.Time(info, "created") >= gap.Counted;
        _events.Session(info, isUnknown, isPast: isUnknown && !isNew);
        JsonElement id = info.GetProperty("id");
        int first = isUnknown ? 0 : FirstMissed(messages);
        long last = LastBefore(messages, first);
        bool isSaid = false;
        int turn = LastTurn(messages);
        for (int i = first; i < messages.Count; i++)
        {
            MissedMessage message = messages[i];
            bool mayFollowRun = i > first || phase == SessionPhase.Working;
            if (mayFollowRun && IsNewTurn(message, last) && !pipeline.KnowsPrompt(sessionId, message.Id))
            {
                // The run that was open has ended, and another began.
                _events.Idle(id, last, isPast: last < gap.Counted && phase != SessionPhase.Working);
            }

            if (message.IsUser)
            {
                TellPrompt(message);
            }
            else if (message.Completed > 0 || message.Created >= gap.Counted || (isBusy && i >= turn))
            {
                // Others were never completed, and never will be.
                TellStep(message);
            }

            // What was never completed came to its end with the connection at the latest.
            bool isLost = !isBusy && !message.IsUser && message.Completed == 0 && i >= turn;
            last = Math.Max(last, isLost ? Math.Max(gap.Lost, message.Last) : message.Last);
            isSaid |= message.Last >= gap.Counted;
        }

        bool isOpen = phase == SessionPhase.Working || isSaid;
        if (!isBusy && (isOpen || (isUnknown && !isNew)))
        {
            _events.Idle(id, last, isPast: !isOpen);
        }
    }

    private static bool IsNewTurn(MissedMessage message, long last) => message.IsPrompt && last > 0 && message.Created >= last;

    private static long LastBefore(List<MissedMessage> messages, int index) =>
        messages.Take(index).Select(message => message.Last).DefaultIfEmpty(0).Max();

    private static int LastTurn(List<MissedMessage> messages) => Math.Max(0, messages.FindLastIndex(message => message.IsPrompt));

    /// <summary>Where the turn begins in which something was missed, or is open.</summary>
    private int FirstMissed(List<MissedMessage> messages)
    {
        int turn = LastTurn(messages);
        int missed = messages.FindIndex(message => message.Last >= gap.Counted);
        int open = messages.FindIndex(turn, message => !message.IsUser && message.Completed == 0);
        missed = missed < 0 || (open >= 0 && open < missed) ? open : missed;
        int start = missed < 0 ? messages.Count : messages.FindLastIndex(missed, message => message.IsPrompt);
        return start < 0 ? missed : start;
    }

    private void TellPrompt(MissedMessage message)
    {
        bool isPast = message.Created < gap.Counted;
        _events.Message(message.Info, isPast);
        foreach (JsonElement part in ApiJson.Elements(message.Parts))
        {
            _events.Part(part, isPast);
        }
    }

    private void TellStep(MissedMessage message)
    {
        bool isPast = message.Last < gap.Counted;
        if (message.Completed > 0)
        {
            _events.OpenMessage(message.Info, message.Created, isPast);
        }
        else
        {
            _events.Message(message.Info, isPast);
        }

        foreach (JsonElement part in ApiJson.Elements(message.Parts))
        {
            _events.Part(part, IsPast(part, isPast));
        }

        if (message.Completed > 0)
        {
            _events.Message(message.Info, isPast);
        }
    }

    // A call may have ended before the gap, and its message in it.
    private bool IsPast(JsonElement part, bool isMessagePast)
    {
        if (ApiJson.Text(part, "type") != "tool" || ApiJson.Member(part, "state") is not { } state)
        {
            return isMessagePast;
        }

        long end = ApiJson.Time(state, "end");
        return (end > 0 ? end : ApiJson.Time(state, "start")) < gap.Counted;
    }
}
