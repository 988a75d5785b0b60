namespace OpencodeOtel.Pipeline.Enriching.Emitting;

/// <summary>What ends a run.</summary>
internal enum RunEnding
{
    /// <summary>Its idle, at once or when the last of what was open ended.</summary>
    Idle,

    /// <summary>The limit of its wait, or the prompt that starts the next.</summary>
    Wait,

    /// <summary>The end of the stream, or a bound.</summary>
    Stream,

    /// <summary>The quiet time of its session.</summary>
    Quiet,

    /// <summary>The deletion of its session.</summary>
    Deletion,
}
