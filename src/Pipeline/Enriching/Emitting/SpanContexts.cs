using System.Diagnostics.CodeAnalysis;
using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Configuration;
using OpencodeOtel.Pipeline.Enriching.State;

namespace OpencodeOtel.Pipeline.Enriching.Emitting;

/// <summary>Places spans in traces: which trace a run is in, what its spans are below, and which spans there are at all.</summary>
/// <param name="options">Disabled types, the remote parent, random ids.</param>
/// <param name="sessions">The sessions, to find parents.</param>
internal sealed class SpanContexts(TelemetryOptions options, SessionTable sessions)
{
    // Parents of parents; ids that name each other as parents must not be followed for ever.
    private const int DepthLimit = 64;

    private readonly RemoteParent? _remote = options.RemoteParent;
    private readonly SpanTypes _enabled = options.RemoteParent is { IsSampled: false }
        ? SpanTypes.None
        : SpanTypes.All & ~options.DisabledSpans;

    /// <summary>Gets the ids.</summary>
    public SpanIds Ids { get; } = new(options.RandomTraceIds);

    /// <summary>Whether spans of this type are made.</summary>
    public bool Has(SpanTypes type) => (_enabled & type) != 0;

    /// <summary>The session span of a run; none while the run has no key.</summary>
    public SpanContext Of(RunState? run)
    {
        if (run is null || !Has(SpanTypes.Session) || run.Key.Length == 0)
        {
            return default;
        }

        Settle(run);
        return new SpanContext(run.TraceId, run.SpanId);
    }

    /// <summary>The LLM span of a message; none while its run has no key.</summary>
    public SpanContext Of(MessageState message) => Of(message, SpanTypes.Llm);

    /// <summary>The tool span of a call; none while its run has no key.</summary>
    public SpanContext Of(ToolCallState call) => Of(call, SpanTypes.Tool);

    /// <summary>What the spans of messages and calls of a run are below.</summary>
    public SpanParent WithinRun(RunState run) => Has(SpanTypes.Session) ? new SpanParent(run.SpanId, IsRemote: false) : Outermost();

    /// <summary>What the session span of a run is below.</summary>
    public SpanParent AboveRun(RunState run) =>
        run.Parent is { HasIds: true } parent ? new SpanParent(parent.SpanId, IsRemote: false) : Outermost();

    /// <summary>Settles the ids of a run, for good; one without a key gets the key of a run without a user message.</summary>
    public void Settle(RunState run) => Settle(run, DepthLimit);

    /// <summary>Binds a run to the open run of its session's parent, if there is one and it is not bound.</summary>
    public void Bind(RunState run)
    {
        if (!run.HasIds && run.Parent is null && TryFindParent(run.Session, out SessionState? parent))
        {
            run.Parent = parent.Run;
        }
    }

    private SpanContext Of(WorkState work, SpanTypes type)
    {
        if (!Has(type) || work.Run.Key.Length == 0)
        {
            return default;
        }

        Settle(work.Run);
        return new SpanContext(work.Run.TraceId, work.SpanId);
    }

    private void Settle(RunState run, int depth)
    {
        if (run.HasIds)
        {
            return;
        }

        if (run.Key.Length == 0)
        {
            run.Key = run.FallbackKey;
        }

        run.HasIds = true;
        run.SpanId = Ids.Session(run.Session.IdBytes, run.Key);
        run.Parent = depth > 0 ? run.Parent ?? FindParentRun(run) : null;
        if (run.Parent is { } parent)
        {
            Settle(parent, depth - 1);

            // Zero only where ids name each other as parents: the circle is cut here.
            run.Parent = parent.TraceId.IsZero ? null : parent;
        }

        run.TraceId = _remote?.TraceId ?? run.Parent?.TraceId ?? TraceOfRoot(run);
    }

    private RunState? FindParentRun(RunState run)
    {
        if (!TryFindParent(run.Session, out SessionState? parent))
        {
            return null;
        }

        // A child whose first event comes after the parent's idle is still within the run that it began in.
        return parent.Run ?? (parent.LastRun is { } last && run.Start >= last.Start && run.Start <= last.End ? last : null);
    }

    private TraceId TraceOfRoot(RunState run)
    {
        SessionState session = run.Session;
        OtlpString root = default;
        for (int depth = 0; depth < DepthLimit && !session.ParentId.IsEmpty; depth++)
        {
            root = session.ParentId;
            if (!sessions.TryFind(root.Utf8, out SessionState? parent))
            {
                break;
            }

            session = parent;
        }

        // The parents' own runs are over, or none was seen: over, this run is a root's; unseen, siblings share a trace.
        bool isRoot = root.IsEmpty || (sessions.TryFind(root.Utf8, out SessionState? top) && (top.LastRun ?? top.Run) is not null);
        return isRoot ? Ids.Trace(run.Session.IdBytes, run.Key) : Ids.Trace(root.Utf8, root.Utf8);
    }

    private bool TryFindParent(SessionState session, [NotNullWhen(true)] out SessionState? parent)
    {
        if (session.ParentId.IsEmpty)
        {
            parent = null;
            return false;
        }

        return sessions.TryFind(session.ParentId.Utf8, out parent);
    }

    private SpanParent Outermost() => _remote is { } remote ? new SpanParent(remote.SpanId, IsRemote: true) : default;
}
