namespace OpencodeOtel.Pipeline.Receiving;

/// <summary>What became of one line or event of the input; every one is counted under exactly one of these.</summary>
internal enum EventOutcome
{
    /// <summary>Handed on.</summary>
    Used,

    /// <summary>Of a type, or of a kind of part, that carries no telemetry.</summary>
    Skipped,

    /// <summary>An event with this id was seen before.</summary>
    Duplicate,

    /// <summary>Not JSON, or not an object.</summary>
    BadJson,

    /// <summary>Objects and lists within each other, more of them than the limit.</summary>
    TooDeep,

    /// <summary>JSON, but not an event: no type, or a member of the wrong type where it matters.</summary>
    BadShape,

    /// <summary>Not UTF-8.</summary>
    BadUtf8,

    /// <summary>Longer than the limit of a line.</summary>
    TooLong,
}
