using OpencodeOtel.Pipeline.Configuration;
using OpencodeOtel.Pipeline.Enriching.Emitting;
using OpencodeOtel.Pipeline.Enriching.State;
using OpencodeOtel.Pipeline.Enriching.Texts;
using OpencodeOtel.Pipeline.Receiving.Events;

namespace OpencodeOtel.Pipeline.Enriching.Tracking;

/// <summary>Assistant messages: each is open until it is completed, and counted then, once.</summary>
internal sealed class MessageTracker(
    EnrichingContext context,
    SignalEmitters emit,
    UntoldNames untold,
    AgedTable<MessageState> messages,
    RunTracker runs,
    RunFinder finder,
    PromptTracker prompts,
    PromptRecords records,
    FinishedWork finished,
    UnfinishedWork unfinished)
{
    private readonly Pool<MessageState> _pool = new();

    /// <summary>An assistant message.</summary>
    public void Updated(SessionState session, in MessageEvent message)
    {
        IdHash hash = session.Hash.Append(IdKind.Message, message.MessageId);
        if (session.IsHistory(message.TimeCompleted, message.TimeCreated, context.Clock) || finished.Counted.Contains(hash))
        {
            return;
        }

        PromptState? prompt = null;
        if (!messages.TryFind(hash, out MessageState? state))
        {
            prompt = prompts.Find(session, message.ParentId);
            state = Open(session, hash, prompt, message);
        }
        else if (message.TimeCompleted > 0)
        {
            prompt = prompts.Find(session, message.ParentId);
        }

        Describe(state, prompt, message);
        if (message.TimeCompleted > 0)
        {
            Complete(state, prompt, message);
        }
    }

    /// <summary>A text of an assistant message.</summary>
    public void TextUpdated(SessionState session, in PartEvent part)
    {
        if (!messages.TryFind(session.Hash.Append(IdKind.Message, part.MessageId), out MessageState? message))
        {
            return;
        }

        IdHash id = message.Hash.Append(IdKind.Part, part.PartId);
        if (message.Text.TrySet(id, part.Text, context.Limits.PartsPerMessage))
        {
            message.Text.Capture(id, part.Text, context.Options.ContentLimitBytes, context.Budget);
        }
        else
        {
            context.Counts.PartsIgnored++;
        }
    }

    /// <summary>Ends the span of every message that is open.</summary>
    public void EndAll()
    {
        while (messages.Oldest is { } message)
        {
            unfinished.End(message, context.Clock.Now, isStreamEnd: true);
            Release(message);
        }
    }

    /// <summary>Lets go of the messages of forgotten sessions, as far as no older one is in the way.</summary>
    public void ReleaseForgotten()
    {
        while (messages.Oldest is { Session.IsForgotten: true } message)
        {
            unfinished.End(message, context.Clock.Now, isStreamEnd: true);
            finished.Exported.Add(message.Hash);
            Release(message);
        }
    }

    private MessageState Open(SessionState session, IdHash hash, PromptState? prompt, in MessageEvent message)
    {
        if (messages.Overdue is { } oldest)
        {
            EndForRoom(oldest);
        }

        RunState run = finder.OfMessage(session, prompt, message);
        MessageState state = _pool.Rent();
        state.Run = run;
        state.Created = message.TimeCreated;
        state.Start = message.TimeCreated > 0 ? message.TimeCreated : message.TimeCompleted > 0 ? message.TimeCompleted : context.Clock.Now;
        state.SpanId = emit.Contexts.Has(SpanTypes.Llm) ? emit.Contexts.Ids.Llm(session.IdBytes, message.MessageId) : default;
        state.IsSpanDone = finished.Exported.Contains(hash);
        messages.Add(hash, state);
        runs.Begin(run, state, message.TimeCompleted > 0);
        if (prompt is null)
        {
            prompts.Expect(session, message.ParentId, run);
        }
        else
        {
            state.Answer(prompt);
            records.Make(prompt);
        }

        return state;
    }

    private void Describe(MessageState state, PromptState? prompt, in MessageEvent message)
    {
        state.Provider = untold.Provider(state.Session, context.Texts.Update(state.Provider, message.ProviderId));
        state.Model = untold.Model(state.Session, context.Texts.Update(state.Model, message.ModelId));
        if (!message.Agent.IsEmpty)
        {
            state.Agent = context.Texts.Update(state.Agent, message.Agent);
        }
        else if (prompt is { Agent.IsEmpty: false })
        {
            state.Agent = prompt.Agent;
        }
        else if (state.Agent.IsEmpty || state.Agent == Words.Unknown)
        {
            state.Agent = state.Run.Agent.IsEmpty ? Words.Unknown : state.Run.Agent;
        }
    }

    private void Complete(MessageState state, PromptState? prompt, in MessageEvent message)
    {
        RunState run = state.Run;
        runs.SettleKey(run);
        bool isError = message.Error.IsPresent;
        var result = new MessageResult(
            message.Tokens,
            message.Cost,
            Math.Max(0, message.TimeCompleted - state.Start),
            message.Finish.IsEmpty ? Words.FinishStop : context.Texts.Get(message.Finish),
            isError,
            isError ? ErrorText.Of(message.Error, context.Scratch, context.Options.ContentLimitBytes) : default);
        if (!run.IsEnded)
        {
            run.Add(message.Tokens.Total, message.Cost);
        }

        emit.Measurements.MessageCompleted(state, message.Tokens, message.Cost);
        emit.Logs.MessageCompleted(state, result);
        emit.LlmSpans.Emit(state, prompt ?? state.Prompt, result);
        finished.Counted.Add(state.Hash);
        runs.Finish(run, state, message.TimeCompleted);
        Release(state);
    }

    private void EndForRoom(MessageState message)
    {
        RunState run = message.Run;
        context.Counts.MessagesEnded += message.IsSpanDone ? 0 : 1;
        finished.Exported.Add(message.Hash);
        runs.SettleKey(run);
        unfinished.End(message, context.Clock.Now, isStreamEnd: true);
        runs.Finish(run, message, context.Clock.Now);
        Release(message);
    }

    private void Release(MessageState message)
    {
        messages.Remove(message);
        message.Clear();
        _pool.Return(message);
    }
}
