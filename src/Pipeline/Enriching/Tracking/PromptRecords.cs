using OpencodeOtel.Pipeline.Enriching.Emitting;
using OpencodeOtel.Pipeline.Enriching.State;

namespace OpencodeOtel.Pipeline.Enriching.Tracking;

/// <summary>Makes the record of each user message once: when it is answered, or when its run ends; its parts have come by then.</summary>
/// <param name="logs">Makes log records.</param>
internal sealed class PromptRecords(LogEmitter logs)
{
    /// <summary>Remembers that the record of a prompt is to be made.</summary>
    public static void Await(PromptState prompt, SessionState session)
    {
        prompt.IsPending = true;
        session.PendingPrompts.Add(prompt);
    }

    /// <summary>Makes the record of a prompt, unless it was made.</summary>
    public void Make(PromptState prompt)
    {
        if (prompt.IsPending && prompt.Session is { } session)
        {
            prompt.IsPending = false;
            session.PendingPrompts.Remove(prompt);
            logs.UserPrompt(prompt, session);
        }
    }

    /// <summary>Makes the records that are due when a run of a session has ended; later prompts of the next run wait on.</summary>
    public void MakeAll(SessionState session)
    {
        for (int at = 0; at < session.PendingPrompts.Count;)
        {
            PromptState prompt = session.PendingPrompts[at];
            if (prompt.Run is { IsEnded: false })
            {
                at++;
            }
            else
            {
                Make(prompt);
            }
        }
    }
}
