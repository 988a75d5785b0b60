using OpencodeOtel.Pipeline.Enriching.State;
using OpencodeOtel.Pipeline.Receiving.Events;

namespace OpencodeOtel.Pipeline.Enriching.Tracking;

/// <summary>User messages and their parts.</summary>
/// <param name="context">What enriching works with.</param>
/// <param name="runs">Starts and ends runs.</param>
/// <param name="records">Makes the records of prompts.</param>
/// <param name="lines">Counts the lines of prompts.</param>
/// <param name="finished">What was seen and forgotten.</param>
internal sealed class PromptTracker(EnrichingContext context, RunTracker runs, PromptRecords records, LineTracker lines, FinishedWork finished)
{
    private readonly AgedTable<PromptState> _prompts = new(context.Limits.Prompts);
    private readonly Pool<PromptState> _pool = new();

    /// <summary>Finds a user message; <see langword="null"/> if it is not known.</summary>
    public PromptState? Find(SessionState session, ReadOnlySpan<byte> messageId) =>
        !messageId.IsEmpty && _prompts.TryFind(session.Hash.Append(IdKind.Message, messageId), out PromptState? prompt) ? prompt : null;

    /// <summary>Whether a user message was seen, or is known to have been answered; of others, whether it was counted.</summary>
    public bool Knows(SessionState session, ReadOnlySpan<byte> messageId) =>
        Find(session, messageId) is not null || finished.Counted.Contains(session.Hash.Append(IdKind.Message, messageId));

    /// <summary>A user message: a new one starts a run, or joins the one that is open.</summary>
    public void Updated(SessionState session, in MessageEvent message)
    {
        if (session.IsHistory(message.TimeCompleted, message.TimeCreated, context.Clock))
        {
            // Its parts have no time of their own.
            finished.Counted.Add(session.Hash.Append(IdKind.OldPrompt, message.MessageId));
            return;
        }

        IdHash hash = session.Hash.Append(IdKind.Message, message.MessageId);
        if (!_prompts.TryFind(hash, out PromptState? prompt))
        {
            if (finished.Counted.Contains(hash))
            {
                return;
            }

            prompt = Add(session, hash);
        }

        if (!prompt.IsSeen)
        {
            Begin(session, prompt, message);
        }

        prompt.Agent = context.Texts.Update(prompt.Agent, message.Agent);
        prompt.Provider = context.Texts.Update(prompt.Provider, message.ProviderId);
        prompt.Model = context.Texts.Update(prompt.Model, message.ModelId);
        if (prompt.Run is { Agent.IsEmpty: true } run)
        {
            run.Agent = prompt.Agent;
        }

        lines.Message(session, prompt, message.Lines);
    }

    /// <summary>A message is removed; only that of a user has a share in anything.</summary>
    public void Removed(SessionState session, ReadOnlySpan<byte> messageId)
    {
        if (Find(session, messageId) is { } prompt)
        {
            lines.Removed(session, prompt);
        }
    }

    /// <summary>A part of a user message.</summary>
    public void PartUpdated(PromptState prompt, in PartEvent part)
    {
        if (!prompt.IsPending || part.IsSynthetic)
        {
            return;
        }

        IdHash id = prompt.Hash.Append(IdKind.Part, part.PartId);
        JsonText text = part.Type == PartType.Text ? part.Text : part.Label;
        if (!prompt.Text.TrySet(id, text, context.Limits.PartsPerMessage))
        {
            context.Counts.PartsIgnored++;
        }
        else if (context.Options.CaptureContent)
        {
            prompt.Text.Capture(id, text, context.Options.ContentLimitBytes, context.Budget);
            if (prompt.Run is { IsEnded: false } run && !run.Captured.Contains(prompt))
            {
                run.Captured.Add(prompt);
            }
        }
    }

    /// <summary>Remembers the run in which a user message is answered that was not seen: should it come late, it belongs there.</summary>
    public void Expect(SessionState session, ReadOnlySpan<byte> messageId, RunState run)
    {
        if (messageId.IsEmpty || messageId.Length > context.Limits.IdBytes)
        {
            return;
        }

        IdHash hash = session.Hash.Append(IdKind.Message, messageId);
        if (!finished.Counted.Contains(hash))
        {
            Add(session, hash).Run = run;
        }
    }

    /// <summary>Lets go of the user messages of forgotten sessions, as far as no older one is in the way.</summary>
    public void ReleaseForgotten()
    {
        while (_prompts.Oldest is { Session.IsForgotten: true } prompt)
        {
            Forget(prompt);
        }
    }

    private PromptState Add(SessionState session, IdHash hash)
    {
        if (_prompts.Overdue is { } oldest)
        {
            context.Counts.PromptsForgotten++;
            Forget(oldest);
        }

        PromptState prompt = _pool.Rent();
        prompt.Session = session;
        _prompts.Add(hash, prompt);
        return prompt;
    }

    private void Begin(SessionState session, PromptState prompt, in MessageEvent message)
    {
        prompt.IsSeen = true;
        prompt.Session = session;
        prompt.Created = message.TimeCreated;

        // The first word on a new prompt has no diffs yet. One that has is old, and its parts were missed.
        if (session.IsSeenFromStart || !message.Lines.IsPresent)
        {
            prompt.Run ??= RunOf(session, message);
            PromptRecords.Await(prompt, session);
        }
        else
        {
            prompt.Run ??= session.Run;
        }
    }

    private RunState RunOf(SessionState session, in MessageEvent message)
    {
        long time = message.TimeCreated > 0 ? message.TimeCreated : context.Clock.Now;
        if (session.Run is { } open)
        {
            runs.EndIfIdle(open, time);
        }

        RunState run = session.Run ?? runs.Start(session, time);
        runs.SetKey(run, message.MessageId);
        return run;
    }

    private void Forget(PromptState prompt)
    {
        records.Make(prompt);
        finished.Counted.Add(prompt.Hash);
        _prompts.Remove(prompt);
        prompt.Clear();
        _pool.Return(prompt);
    }
}
