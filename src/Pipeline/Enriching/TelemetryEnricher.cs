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
    private readonly SessionTable _table;
    private readonly SessionRegistry _sessions;
    private readonly RunTracker _runs;
    private readonly SessionTracker _sessionTracker;
    private readonly PromptTracker _promptTracker;
    private readonly MessageTracker _messageTracker;
    private readonly ToolTracker _toolTracker;
    private readonly LineTracker _lineTracker;
    private readonly CommitTracker _commitTracker;
    private readonly PermissionTracker _permissionTracker;
    private readonly SubtaskTracker _subtaskTracker;

    /// <summary>Makes an enricher that has seen nothing.</summary>
    /// <param name="options">What to make, and with which attributes.</param>
    /// <param name="time">The clock; only of use where the options do not take the events' time.</param>
    /// <param name="sink">Where signals go.</param>
    /// <param name="limits">The bounds; the usual ones by default.</param>
    public TelemetryEnricher(TelemetryOptions options, TimeProvider time, ISignalSink sink, EnrichingLimits? limits = null)
    {
        _context = new EnrichingContext(options, limits ?? new EnrichingLimits(), time);
        var sessions = new SessionTable(_context.Limits.Sessions);
        _table = sessions;
        var finished = new FinishedWork(_context);
        var untold = new UntoldNames(options);
        var emit = new SignalEmitters(_context, sessions, sink);
        var calls = new Pool<ToolCallState>();
        var messages = new AgedTable<MessageState>(_context.Limits.Messages);
        var unfinished = new UnfinishedWork(emit);
        var records = new PromptRecords(emit.Logs);
        _runs = new RunTracker(_context.Clock, emit.Contexts, untold, finished, new RunSignals(emit, records, unfinished, calls));
        var finder = new RunFinder(_runs, messages, finished);
        _sessions = new SessionRegistry(_context, sessions, _runs, records, finished, sink);
        _sessionTracker = new SessionTracker(_context, emit, _runs);
        _lineTracker = new LineTracker(emit.Measurements);
        _commitTracker = new CommitTracker(_context, emit);
        _promptTracker = new PromptTracker(_context, _runs, records, _lineTracker, finished);
        _messageTracker = new MessageTracker(_context, emit, untold, messages, _runs, finder, _promptTracker, records, finished, unfinished);
        _toolTracker = new ToolTracker(_context, emit, _runs, finder, finished, unfinished, _lineTracker, _commitTracker, calls);
        _permissionTracker = new PermissionTracker(_context, emit.Logs, _toolTracker);
        _subtaskTracker = new SubtaskTracker(_context, emit, finished);
    }

    /// <summary>Gets how often each bound was hit.</summary>
    public EnrichingCounts Counts => _context.Counts;

    /// <summary>Gets the time, in Unix milliseconds, that signals made now would carry: the schedule of metric collection follows it.</summary>
    public long Now => _context.Clock.Now;

    /// <summary>Gets the largest time seen in the events, in Unix milliseconds; 0 before the first.</summary>
    public long LargestEventTime => _context.Clock.Largest;

    /// <summary>Takes the first time in the events of a recording, in Unix milliseconds, before the first event; 0 if there is none.</summary>
    public void BeginRecording(long firstTime) => _context.Clock.BeginRecording(firstTime);

    /// <summary>Gets when <see cref="Tick"/> has something to do, in Unix milliseconds; <see cref="long.MaxValue"/> while nothing waits.</summary>
    public long NextDeadline => _runs.NextDeadline;

    /// <summary>Gets or sets a value indicating whether events are of the past, and only learnt: nothing else ends meanwhile.</summary>
    public bool IsLearning { get; set; }

    /// <summary>Gets or sets a value indicating whether events are told from documents, and may be said by the stream besides.</summary>
    public bool IsTelling
    {
        get => _context.IsTelling;
        set => _context.IsTelling = value;
    }

    /// <summary>Gets a value indicating whether a session works, or waits for the rest of its work.</summary>
    public bool IsAnySessionWorking
    {
        get
        {
            SessionState? session = _table.Oldest;
            while (session is not null && session.Run is not { IsWork: true })
            {
                session = SessionTable.Next(session);
            }

            return session is not null;
        }
    }

    /// <summary>Gets how many runs have ended in which there was something to do, learnt ones included.</summary>
    public long RunsWorked => _runs.Worked;

    /// <summary>Tells what is known of a session.</summary>
    public SessionPhase PhaseOf(ReadOnlySpan<byte> sessionId) =>
        !_table.TryFind(sessionId, out SessionState? session) ? SessionPhase.Unknown
        : session.Run is { IsWork: true, IsIdle: false } ? SessionPhase.Working
        : SessionPhase.Idle;

    /// <summary>Whether a user message was seen, or is known to have been answered; of others, whether it was counted.</summary>
    public bool KnowsMessage(ReadOnlySpan<byte> sessionId, ReadOnlySpan<byte> messageId) =>
        _table.TryFind(sessionId, out SessionState? session) && _promptTracker.Knows(session, messageId);

    /// <summary>Ends what has waited long enough. Each event does the same; this is for a stream that is silent.</summary>
    public void Tick() => Begin(eventTime: 0);

    /// <summary>Ends everything that is open: the stream has ended, or the program stops.</summary>
    public void Complete()
    {
        Begin(eventTime: 0);
        _sessions.EndAll();
        _messageTracker.EndAll();
        _toolTracker.EndAll();
    }

    /// <inheritdoc/>
    public void SessionCreated(in SessionEvent session)
    {
        Begin(session.EventTime);
        if (_sessions.Get(session.SessionId) is { } state)
        {
            _sessionTracker.Created(state, session);
        }
    }

    /// <inheritdoc/>
    public void SessionUpdated(in SessionEvent session)
    {
        Begin(session.EventTime);
        if (_sessions.Get(session.SessionId) is { } state)
        {
            _sessionTracker.Learn(state, session);
            _lineTracker.Revert(state, session.IsReverted);
        }
    }

    /// <inheritdoc/>
    public void SessionDeleted(in SessionEvent session)
    {
        Begin(session.EventTime);
        if (_sessions.TryGet(session.SessionId, out SessionState? state))
        {
            _sessions.Delete(state);
        }
    }

    /// <inheritdoc/>
    public void SessionIdle(in SessionIdleEvent idle)
    {
        Begin(idle.EventTime);
        if (_sessions.Get(idle.SessionId) is { } state)
        {
            _sessionTracker.Idle(state, idle);
        }
    }

    /// <inheritdoc/>
    public void SessionStatus(in SessionStatusEvent status)
    {
        Begin(status.EventTime);
        if (_sessions.Get(status.SessionId) is { } state)
        {
            _sessionTracker.Status(state, status);
        }
    }

    /// <inheritdoc/>
    public void SessionError(in SessionErrorEvent error)
    {
        Begin(error.EventTime);
        _sessionTracker.Failed(_sessions.Get(error.SessionId), error);
    }

    /// <inheritdoc/>
    public void SessionDiff(in SessionDiffEvent diff)
    {
        Begin(diff.EventTime);
        if (_sessions.Get(diff.SessionId) is { } session)
        {
            _lineTracker.Diff(session, diff.Lines);
        }
    }

    /// <inheritdoc/>
    public void MessageUpdated(in MessageEvent message)
    {
        Begin(message.EventTime);
        if (message.Role == MessageRole.Unknown || !_sessions.IsId(message.MessageId) || _sessions.Get(message.SessionId) is not { } session)
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
    public void MessageRemoved(in MessageRemovedEvent removed)
    {
        Begin(removed.EventTime);
        if (_sessions.TryGet(removed.SessionId, out SessionState? session))
        {
            _promptTracker.Removed(session, removed.MessageId);
        }
    }

    /// <inheritdoc/>
    public void PartUpdated(in PartEvent part)
    {
        Begin(part.EventTime);
        if (part.Type == PartType.Tool)
        {
            bool isNamed = part.CallId.IsEmpty || part.PartId.IsEmpty || _sessions.IsId(part.PartId);
            if (isNamed && _sessions.IsId(part.CallId.IsEmpty ? part.PartId : part.CallId) && _sessions.Get(part.SessionId) is { } state)
            {
                _toolTracker.Updated(state, part);
            }
        }
        else if (part.Type == PartType.Subtask)
        {
            if (_sessions.IsId(part.PartId) && _sessions.IsId(part.MessageId) && _sessions.Get(part.SessionId) is { } state)
            {
                _subtaskTracker.Updated(state, part);
                TextUpdated(state, part);
            }
        }
        else if (part.Type != PartType.Other && _sessions.TryGet(part.SessionId, out SessionState? session))
        {
            TextUpdated(session, part);
        }
    }

    /// <inheritdoc/>
    public void PermissionAsked(in PermissionAskedEvent permission)
    {
        Begin(permission.EventTime);
        if (_sessions.IsId(permission.RequestId) && _sessions.Get(permission.SessionId) is { } session)
        {
            _permissionTracker.Asked(session, permission);
        }
    }

    /// <inheritdoc/>
    public void PermissionReplied(in PermissionRepliedEvent reply)
    {
        Begin(reply.EventTime);
        if (_sessions.Get(reply.SessionId) is { } session)
        {
            _permissionTracker.Replied(session, reply);
        }
    }

    /// <inheritdoc/>
    public void CommandExecuted(in CommandEvent command)
    {
        Begin(command.EventTime);
        if (_sessions.Get(command.SessionId) is { } session)
        {
            _commitTracker.Executed(session, command);
        }
    }

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
        if (_runs.AnyWaits && !IsLearning)
        {
            _runs.EndOverdue();
        }

        if (!IsLearning)
        {
            _sessions.ForgetQuiet();
        }

        if (_sessions.TakeForgotten())
        {
            _promptTracker.ReleaseForgotten();
            _messageTracker.ReleaseForgotten();
            _toolTracker.ReleaseForgotten();
        }
    }
}
