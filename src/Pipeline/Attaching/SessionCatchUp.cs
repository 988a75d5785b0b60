using System.Text;
using System.Text.Json;
using OpencodeOtel.Pipeline.Enriching;

namespace OpencodeOtel.Pipeline.Attaching;

/// <summary>Lists what the pipeline missed of one session: what happened since the gap began is to be said, what was before to be learnt.</summary>
/// <remarks>
/// Saying something twice does no harm, since what was counted is known by its id. What is learnt makes no telemetry, but later
/// events find their session, prompt and run, and are not taken for new. A run of the past is learnt together with its end, or it
/// would end now.
/// </remarks>
/// <param name="pipeline">Tells what it knows.</param>
/// <param name="gap">What was missed.</param>
internal sealed class SessionCatchUp(TelemetryPipeline pipeline, Gap gap)
{
    private readonly List<MissedEvent> _events = [];
    private JsonElement _id;
    private byte[] _sessionId = [];

    /// <summary>The events that were missed, in order.</summary>
    public IReadOnlyList<MissedEvent> EventsOf(MissedSession session)
    {
        _events.Clear();
        _id = session.Info.GetProperty("id");
        _sessionId = Encoding.UTF8.GetBytes(ApiJson.Text(session.Info, "id"));
        SessionPhase phase = pipeline.PhaseOf(_sessionId);
        bool isUnknown = phase == SessionPhase.Unknown;
        bool isNew = isUnknown && ApiJson.Time(session.Info, "created") >= gap.Counted;

        // The creation of a session begins a run. One of the past in which there was nothing to do is over, and leaves no trace.
        bool isUnused = isUnknown && !isNew && session.Messages.Count == 0;
        Add(
            isUnknown && !isUnused ? MissedEventKind.SessionCreated : MissedEventKind.SessionUpdated,
            session.Info,
            ApiJson.Time(session.Info, "created"),
            isPast: isUnknown && !isNew);
        (long last, bool isSaid) = AddMessages(session, phase);
        bool isOpen = phase == SessionPhase.Working || isSaid;
        if (!session.IsBusy && !isUnused && (isOpen || (isUnknown && !isNew)))
        {
            Add(MissedEventKind.Idle, _id, last, isPast: !isOpen);
        }

        return [.. _events];
    }

    private (long Last, bool IsSaid) AddMessages(MissedSession session, SessionPhase phase)
    {
        IReadOnlyList<MissedMessage> messages = session.Messages;
        int first = phase == SessionPhase.Unknown ? 0 : FirstMissed(messages);
        long last = messages.Take(first).Select(message => message.Last).DefaultIfEmpty(0).Max();
        bool isSaid = false;
        int turn = LastTurn(messages);
        for (int i = first; i < messages.Count; i++)
        {
            MissedMessage message = messages[i];
            bool mayFollowRun = i > first || phase == SessionPhase.Working;
            if (mayFollowRun && IsNewTurn(message, last) && !pipeline.KnowsMessage(_sessionId, message.Id))
            {
                // The run that was open has ended, and another began.
                Add(MissedEventKind.Idle, _id, last, isPast: last < gap.Counted && phase != SessionPhase.Working);
            }

            if (message.IsUser)
            {
                AddPrompt(message);
            }
            else if (message.Completed > 0 || message.Created >= gap.Counted || (session.IsBusy && i >= turn))
            {
                // Others were never completed, and never will be.
                AddStep(message);
            }

            // What was never completed came to its end with the connection at the latest.
            bool isLost = !session.IsBusy && !message.IsUser && message.Completed == 0 && i >= turn;
            last = Math.Max(last, isLost ? Math.Max(gap.Lost, message.Last) : message.Last);
            isSaid |= message.Last >= gap.Counted;
        }

        return (last, isSaid);
    }

    private static bool IsNewTurn(MissedMessage message, long last) => message.IsPrompt && last > 0 && message.Created >= last;

    private static int LastTurn(IReadOnlyList<MissedMessage> messages) => Math.Max(0, FindLast(messages, messages.Count - 1));

    private static int FindLast(IReadOnlyList<MissedMessage> messages, int from)
    {
        while (from >= 0 && !messages[from].IsPrompt)
        {
            from--;
        }

        return from;
    }

    /// <summary>Where the turn begins in which something was missed, or is open.</summary>
    private int FirstMissed(IReadOnlyList<MissedMessage> messages)
    {
        int turn = LastTurn(messages);
        int missed = 0;
        while (missed < messages.Count && !IsMissed(messages[missed], missed >= turn))
        {
            missed++;
        }

        int start = missed < messages.Count ? FindLast(messages, missed) : messages.Count;
        return start < 0 ? missed : start;
    }

    private bool IsMissed(MissedMessage message, bool isOfLastTurn) =>
        message.Last >= gap.Counted || (isOfLastTurn && !message.IsUser && message.Completed == 0);

    private void AddPrompt(MissedMessage message)
    {
        bool isPast = message.Created < gap.Counted;
        Add(MissedEventKind.Message, message.Info, message.Created, isPast);
        foreach (JsonElement part in ApiJson.Elements(message.Parts))
        {
            Add(MissedEventKind.Part, part, message.Created, isPast);
        }
    }

    private void AddStep(MissedMessage message)
    {
        bool isPast = message.Last < gap.Counted;
        Add(message.Completed > 0 ? MissedEventKind.OpenMessage : MissedEventKind.Message, message.Info, message.Created, isPast);
        foreach (JsonElement part in ApiJson.Elements(message.Parts))
        {
            // A call may have ended before the gap, and its message in it.
            bool isCall = ApiJson.Text(part, "type") == "tool";
            long time = LastOf(isCall && ApiJson.Member(part, "state") is { } state ? state : part);
            Add(MissedEventKind.Part, part, time, isCall && time > 0 ? time < gap.Counted : isPast);
        }

        // opencode says the error of a session before it completes the message that has failed.
        if (message.Error is { } error && !pipeline.KnowsMessage(_sessionId, message.Id))
        {
            Add(MissedEventKind.Error, error, message.Last, isPast);
        }

        if (message.Completed > 0)
        {
            Add(MissedEventKind.Message, message.Info, message.Completed, isPast);
        }
    }

    private static long LastOf(JsonElement timed) => ApiJson.Time(timed, "end") is > 0 and var end ? end : ApiJson.Time(timed, "start");

    private void Add(MissedEventKind kind, JsonElement value, long time, bool isPast) =>
        _events.Add(new MissedEvent(kind, value, _id, time, isPast));
}
