using OpencodeOtel.Pipeline.Enriching.Emitting;
using OpencodeOtel.Pipeline.Enriching.Shell;
using OpencodeOtel.Pipeline.Enriching.State;
using OpencodeOtel.Pipeline.Receiving.Events;

namespace OpencodeOtel.Pipeline.Enriching.Tracking;

/// <summary>The commits that shell commands make.</summary>
/// <param name="context">What enriching works with.</param>
/// <param name="emit">Makes the signals.</param>
internal sealed class CommitTracker(EnrichingContext context, SignalEmitters emit)
{
    /// <summary>A bash call was completed; one that failed made no commit that is known of.</summary>
    public void Finished(ToolCallState call, in PartEvent part)
    {
        if (part.Exit == 0 && call.IsSuccess && part.Tool.SequenceEqual("bash"u8))
        {
            Say(call.Session, part.Command, call.End, emit.Contexts.Of(call));
        }
    }

    /// <summary>A command of the user's.</summary>
    public void Executed(SessionState session, in CommandEvent command)
    {
        if (command.Name.SequenceEqual("bash"u8))
        {
            Say(session, command.Arguments, context.Clock.Now, emit.Contexts.Of(session.Run));
        }
    }

    private void Say(SessionState session, JsonText command, long time, SpanContext span)
    {
        if (!GitCommitDetector.IsWorthReading(command.Raw))
        {
            return;
        }

        Span<byte> room = command.IsEscaped ? context.Scratch.Reserve(command.Raw.Length) : default;
        if (command.TryGetUtf8(room, out ReadOnlySpan<byte> text))
        {
            for (int commits = GitCommitDetector.Count(text); commits > 0; commits--)
            {
                emit.Measurements.Committed(session, span);
                emit.Logs.Committed(session, time, span);
            }
        }
    }
}
