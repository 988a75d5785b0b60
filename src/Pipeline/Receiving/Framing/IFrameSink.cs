namespace OpencodeOtel.Pipeline.Receiving.Framing;

/// <summary>Takes what the lines of a stream add up to, in order.</summary>
internal interface IFrameSink
{
    /// <summary>One event.</summary>
    /// <param name="text">Its text, not blank, not yet looked at; valid only during the call.</param>
    /// <param name="line">The number of its first line, from 1.</param>
    void Take(ReadOnlySpan<byte> text, long line);

    /// <summary>A line, or an event of several lines, that no event can be made of.</summary>
    /// <param name="cause"><see cref="EventOutcome.BadJson"/> or <see cref="EventOutcome.TooLong"/>.</param>
    /// <param name="line">The number of its first line, from 1.</param>
    void Reject(EventOutcome cause, long line);
}
