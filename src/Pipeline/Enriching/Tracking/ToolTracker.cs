using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Configuration;
using OpencodeOtel.Pipeline.Enriching.Emitting;
using OpencodeOtel.Pipeline.Enriching.State;
using OpencodeOtel.Pipeline.Receiving.Events;

namespace OpencodeOtel.Pipeline.Enriching.Tracking;

/// <summary>Tool calls: open from the first <c>running</c> to <c>completed</c> or <c>error</c>, and counted then, once.</summary>
internal sealed class ToolTracker(
    EnrichingContext context,
    SignalEmitters emit,
    RunTracker runs,
    RunFinder finder,
    FinishedWork finished,
    UnfinishedWork unfinished,
    LineTracker lines,
    CommitTracker commits,
    Pool<ToolCallState> pool)
{
    private readonly AgedTable<ToolCallState> _calls = new(context.Limits.Calls);
    private readonly AgedTable<AnnouncedCall> _announced = new(context.Limits.Calls);
    private readonly Pool<AnnouncedCall> _announcedPool = new();

    /// <summary>A tool part.</summary>
    public void Updated(SessionState session, in PartEvent part)
    {
        ReadOnlySpan<byte> id = part.CallId.IsEmpty ? part.PartId : part.CallId;
        bool isEnd = part.Status is ToolStatus.Completed or ToolStatus.Error;
        bool isRelevant = isEnd || part.Status is ToolStatus.Running or ToolStatus.Pending;
        if (id.IsEmpty || !isRelevant || session.IsHistory(part.TimeEnd, part.TimeStart, context.Clock))
        {
            return;
        }

        IdHash hash = KeyOf(session, id, part, out bool isIdReused);
        if (finished.Counted.Contains(hash))
        {
            return;
        }

        if (part.Status == ToolStatus.Pending)
        {
            Announce(hash, part);
            return;
        }

        if (!_calls.TryFind(hash, out ToolCallState? call))
        {
            call = Open(session, hash, id, isIdReused, part);
        }

        call.Tool = context.Texts.Update(call.Tool, part.Tool);
        if (context.Options.CaptureContent && !part.Input.IsEmpty)
        {
            call.Input.Set(part.Input, context.Options.ContentLimitBytes, context.Budget);
        }

        if (isEnd)
        {
            Finish(call, part);
        }
    }

    /// <summary>The tool of the latest call with a call id, if it is open or announced; empty if it is not known.</summary>
    public OtlpString ToolOf(IdHash id) =>
        Find(id) is { } call ? call.Tool : _announced.TryFind(finished.Parts.LatestOf(id), out AnnouncedCall? announced) ? announced.Tool : default;

    /// <summary>Finds the latest call with a call id, if it is open; <see langword="null"/> if there is none.</summary>
    public ToolCallState? Find(IdHash id) => _calls.TryFind(finished.Parts.LatestOf(id), out ToolCallState? call) ? call : null;

    /// <summary>Ends the span of every call that is open.</summary>
    public void EndAll()
    {
        while (_calls.Oldest is { } call)
        {
            unfinished.End(call, context.Clock.Now, isStreamEnd: true);
            Release(call);
        }
    }

    /// <summary>Lets go of the calls of forgotten sessions, as far as no older one is in the way.</summary>
    public void ReleaseForgotten()
    {
        while (_calls.Oldest is { Session.IsForgotten: true } call)
        {
            unfinished.End(call, context.Clock.Now, isStreamEnd: true);
            finished.Exported.Add(call.Hash);
            Release(call);
        }
    }

    // The second interface has no parts: there the call id stands for one.
    private IdHash KeyOf(SessionState session, ReadOnlySpan<byte> id, in PartEvent part, out bool isIdReused)
    {
        IdHash call = session.Hash.Append(IdKind.Call, id);
        bool hasPart = !part.PartId.IsEmpty && !part.PartId.SequenceEqual(id);
        IdHash key = hasPart ? finished.Parts.KeyOf(call, call.Append(IdKind.Part, part.PartId)) : call;
        isIdReused = key != call;
        return key;
    }

    // A call that is pending is nothing to wait for; but a permission may be asked before it runs.
    private void Announce(IdHash hash, in PartEvent part)
    {
        if (_calls.TryFind(hash, out _) || _announced.TryFind(hash, out _))
        {
            return;
        }

        if (_announced.Overdue is { } oldest)
        {
            context.Counts.AnnouncedCallsForgotten++;
            Release(oldest);
        }

        AnnouncedCall call = _announcedPool.Rent();
        call.Tool = context.Texts.Get(part.Tool);
        _announced.Add(hash, call);
    }

    private ToolCallState Open(SessionState session, IdHash hash, ReadOnlySpan<byte> id, bool isIdReused, in PartEvent part)
    {
        if (_calls.Overdue is { } oldest)
        {
            EndForRoom(oldest);
        }

        if (_announced.TryFind(hash, out AnnouncedCall? announced))
        {
            Release(announced);
        }

        RunState run = finder.OfCall(session, part, id);
        ToolCallState call = pool.Rent();
        call.Run = run;
        call.SetId(id);
        call.Tool = Words.Unknown;
        call.Start = part.TimeStart > 0 ? part.TimeStart : part.TimeEnd > 0 ? part.TimeEnd : Moment(part);
        call.SpanId = emit.Contexts.Has(SpanTypes.Tool) ? emit.Contexts.Ids.Tool(session.IdBytes, id, isIdReused ? part.PartId : default) : default;
        call.IsSpanDone = finished.Exported.Contains(hash);
        _calls.Add(hash, call);
        runs.Begin(run, call, isFinished: part.Status != ToolStatus.Running);
        return call;
    }

    private void Finish(ToolCallState call, in PartEvent part)
    {
        RunState run = call.Run;
        call.End = part.TimeEnd > 0 ? part.TimeEnd : Moment(part);
        call.IsSuccess = part.Status == ToolStatus.Completed;
        if (call.IsSuccess)
        {
            call.OutputBytes = part.Output.Utf8Length;
        }
        else
        {
            call.SetError(part.ToolError.IsPresent ? context.Scratch.Append(part.ToolError, context.Options.ContentLimitBytes) : Words.Unknown);
        }

        if (context.Options.CaptureContent && part.Output.IsPresent)
        {
            call.Output.Set(part.Output, context.Options.ContentLimitBytes, context.Budget);
        }

        long duration = Math.Max(0, call.End - call.Start);
        if (part.TimeEnd > 0)
        {
            emit.Measurements.ToolFinished(call, duration);
        }

        emit.Logs.ToolFinished(call, duration);
        commits.Finished(call, part);
        if (call.IsSuccess && (part.Tool.SequenceEqual("edit"u8) || part.Tool.SequenceEqual("write"u8)))
        {
            lines.Tool(call.Session, part.Lines);
        }

        finished.Counted.Add(call.Hash);
        _calls.Remove(call);
        Export(run, call);
    }

    // Until the run has its key the span has no trace: it waits, in bounds, for the message that tells it.
    private void Export(RunState run, ToolCallState call)
    {
        long end = call.End;
        if (run.Held.Count >= context.Limits.HeldCallsPerRun)
        {
            context.Counts.RunsNamedEarly++;
            runs.SettleKey(run);
        }

        bool isHeld = run.Key.Length == 0 && !call.IsSpanDone;
        if (isHeld)
        {
            run.Held.Add(call);
        }
        else
        {
            emit.ToolSpans.Emit(call);
        }

        runs.Finish(run, call, end);
        if (!isHeld)
        {
            Release(call);
        }
    }

    private void EndForRoom(ToolCallState call)
    {
        RunState run = call.Run;
        context.Counts.CallsEnded += call.IsSpanDone ? 0 : 1;
        finished.Exported.Add(call.Hash);
        runs.SettleKey(run);
        unfinished.End(call, context.Clock.Now, isStreamEnd: true);
        runs.Finish(run, call, context.Clock.Now);
        Release(call);
    }

    private void Release(ToolCallState call)
    {
        _calls.Remove(call);
        call.Clear();
        pool.Return(call);
    }

    private void Release(AnnouncedCall call)
    {
        _announced.Remove(call);
        _announcedPool.Return(call);
    }

    private long Moment(in PartEvent part) => part.EventTime > 0 ? part.EventTime : context.Clock.Now;
}
