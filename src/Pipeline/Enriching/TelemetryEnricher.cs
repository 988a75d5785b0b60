using OpencodeOtel.Pipeline.Configuration;
using OpencodeOtel.Pipeline.Enriching.Emitting;
using OpencodeOtel.Pipeline.Enriching.State;
using OpencodeOtel.Pipeline.Enriching.Tracking;
using OpencodeOtel.Pipeline.Receiving;
using OpencodeOtel.Pipeline.Receiving.Events;

namespace OpencodeOtel.Pipeline.Enriching;

/// <summary>Turns events into spans, log records and measurements. Used by one thread at a time.</summary>
/// <remarks>This type hands each event to who knows about it; what is remembered between events is in <c>State</c>, what is made of it in <c>Emitting</c>.</remarks>
internal sealed class TelemetryEnricher : IEventHandler
{
    private readonly EnrichingContext _context;
    private readonly SessionTable _sessions;
    private readonly FinishedWork _finished;
    private readonly PromptRecords _records;
    private readonly RunTracker _runs;
    private readonly SessionTracker _sessionTracker;
    private readonly PromptTracker _promptTracker;
    private readonly MessageTracker _messageTracker;
    private readonly ToolTracker _toolTracker;

    /// <summary>Makes an enricher that has seen nothing.</summary>
    /// <param name="options">What to make, and with which attributes.</param>
    /// <param name="time">The clock; only of use where the options do not take the events' time.</param>
    /// <param name="sink">Where signals go.</param>
    /// <param name="limits">The bounds; the usual ones by default.</param>
    public TelemetryEnricher(TelemetryOptions options, TimeProvider time, ISignalSink sink, EnrichingLimits? limits = null)
    {
        _context = new EnrichingContext(options, limits ?? new EnrichingLimits(), time);
        _sessions = new SessionTable(_context.Limits.Sessions);
        _finished = new FinishedWork(_context);
        var emit = new SignalEmitters(_context, _sessions, sink);
        var calls = new Pool<ToolCallState>();
        var messages = new AgedTable<MessageState>(_context.Limits.Messages);
        var unfinished = new UnfinishedWork(emit);
        _records = new PromptRecords(emit.Logs);
        _runs = new RunTracker(_context.Clock, emit.Contexts, _finished, new RunSignals(emit, _records, unfinished, calls));
        var finder = new RunFinder(_runs, messages, _finished);
        _sessionTracker = new SessionTracker(_context, emit, _runs);
        _promptTracker = new PromptTracker(_context, _runs, _records, _finished);
        _messageTracker = new MessageTracker(_context, emit, messages, _runs, finder, _promptTracker, _records, _finished, unfinished);
        _toolTracker = new ToolTracker(_context, emit, _runs, finder, _finished, unfinished, calls);
    }

    /// <summary>Gets how often each bound was hit.</summary>
    public EnrichingCounts Counts => _context.Counts;

    /// <summary>Gets the time, in Unix milliseconds, that signals made now would carry: the schedule of metric collection follows it.</summary>
    public long Now => _context.Clock.Now;

    /// <summary>Gets the largest time seen in the events, in Unix milliseconds; 0 before the first.</summary>
    public long LargestEventTime => _context.Clock.Largest;

    /// <summary>Gets when <see cref="Tick"/> has something to do, in Unix milliseconds; <see cref="long.MaxValue"/> while nothing waits.</summary>
    public long NextDeadline => _runs.NextDeadline;

    /// <summary>Ends what has waited long enough. Each event does the same; this is for a stream that is silent.</summary>
    public void Tick() => Begin(eventTime: 0);

    /// <summary>Ends everything that is open: the stream has ended, or the program stops.</summary>
    public void Complete()
    {
        Begin(eventTime: 0);
        for (SessionState? session = _sessions.Oldest; session is not null; session = SessionTable.Next(session))
        {
            EndRun(session);
        }

        // Only now: a child's run may look for its parent's while it ends.
        while (_sessions.Oldest is { } session)
        {
            Forget(session);
        }

        _messageTracker.EndAll();
        _toolTracker.EndAll();
    }

    /// <inheritdoc/>
    public void SessionCreated(in SessionEvent session)
    {
        Begin(session.EventTime);
        if (Find(session.SessionId) is { } state)
        {
            _sessionTracker.Created(state, session);
        }
    }

    /// <inheritdoc/>
    public void SessionUpdated(in SessionEvent session)
    {
        Begin(session.EventTime);
        if (Find(session.SessionId) is { } state)
        {
            _sessionTracker.Learn(state, session);
        }
    }

    /// <inheritdoc/>
    public void SessionDeleted(in SessionEvent session)
    {
        Begin(session.EventTime);
        if (_sessions.TryFind(session.SessionId, out SessionState? state))
        {
            if (state.Run is { } run)
            {
                _runs.EndDeleted(run);
            }

            if (state.LastRun is { } last)
            {
                _finished.Exported.Add(state.Hash.Append(IdKind.Run, last.Key));
            }

            Forget(state);
        }
    }

    /// <inheritdoc/>
    public void SessionIdle(in SessionIdleEvent idle)
    {
        Begin(idle.EventTime);
        if (Find(idle.SessionId) is { } state)
        {
            _sessionTracker.Idle(state, idle);
        }
    }

    /// <inheritdoc/>
    public void SessionStatus(in SessionStatusEvent status)
    {
        Begin(status.EventTime);
        if (Find(status.SessionId) is { } state)
        {
            _sessionTracker.Status(state, status);
        }
    }

    /// <inheritdoc/>
    public void SessionError(in SessionErrorEvent error)
    {
        Begin(error.EventTime);
        _sessionTracker.Failed(Find(error.SessionId), error);
    }

    /// <inheritdoc/>
    public void SessionDiff(in SessionDiffEvent diff) => Begin(diff.EventTime);

    /// <inheritdoc/>
    public void MessageUpdated(in MessageEvent message)
    {
        Begin(message.EventTime);
        if (message.Role == MessageRole.Unknown || !IsId(message.MessageId) || Find(message.SessionId) is not { } session)
        {
            return;
        }

        if (message.Role == MessageRole.User)
        {
            _promptTracker.Updated(session, message);
        }
        else
        {
            _messageTracker.Updated(session, message);
        }
    }

    /// <inheritdoc/>
    public void MessageRemoved(in MessageRemovedEvent removed) => Begin(removed.EventTime);

    /// <inheritdoc/>
    public void PartUpdated(in PartEvent part)
    {
        Begin(part.EventTime);
        if (part.Type == PartType.Tool)
        {
            if (IsId(part.CallId.IsEmpty ? part.PartId : part.CallId) && Find(part.SessionId) is { } state)
            {
                _toolTracker.Updated(state, part);
            }
        }
        else if (part.Type != PartType.Other && _sessions.TryTouch(part.SessionId, out SessionState? session))
        {
            TextUpdated(session, part);
        }
    }

    /// <inheritdoc/>
    public void PermissionAsked(in PermissionAskedEvent permission) => Begin(permission.EventTime);

    /// <inheritdoc/>
    public void PermissionReplied(in PermissionRepliedEvent reply) => Begin(reply.EventTime);

    /// <inheritdoc/>
    public void CommandExecuted(in CommandEvent command) => Begin(command.EventTime);

    private void TextUpdated(SessionState session, in PartEvent part)
    {
        if (_promptTracker.Find(session, part.MessageId) is { } prompt)
        {
            _promptTracker.PartUpdated(prompt, part);
        }
        else if (_context.Options.CaptureContent && part.Type == PartType.Text)
        {
            _messageTracker.TextUpdated(session, part);
        }
    }

    private void Begin(long eventTime)
    {
        _context.Scratch.Reset();
        _context.Clock.Observe(eventTime);
        if (_runs.NextDeadline != long.MaxValue)
        {
            _runs.EndOverdue();
        }
    }

    private bool IsId(ReadOnlySpan<byte> id)
    {
        if (id.Length > _context.Limits.IdBytes)
        {
            Counts.IdsTooLong++;
            return false;
        }

        return !id.IsEmpty;
    }

    // The session that an event is about, made known if it was not; null if the event names none.
    private SessionState? Find(ReadOnlySpan<byte> id)
    {
        if (!IsId(id))
        {
            return null;
        }

        if (_sessions.TryTouch(id, out SessionState? known))
        {
            return known;
        }

        if (_sessions.Overdue is { } oldest)
        {
            if (oldest.Run is null)
            {
                Counts.SessionsForgotten++;
            }
            else
            {
                Counts.SessionsEnded++;
            }

            EndRun(oldest);
            Forget(oldest);
        }

        return _sessions.Add(id);
    }

    private void EndRun(SessionState session)
    {
        if (session.Run is { } run)
        {
            _runs.EndUnseen(run);
            _finished.Exported.Add(session.Hash.Append(IdKind.Run, run.Key));
        }
    }

    private void Forget(SessionState session)
    {
        _records.MakeAll(session);
        _sessions.Remove(session);
    }
}
