namespace OpencodeOtel.Pipeline.Receiving.Framing;

/// <summary>What a line of a stream is.</summary>
internal enum LineKind
{
    /// <summary>Nothing, which ends an event of <see cref="Data"/> lines.</summary>
    Empty,

    /// <summary>White space: nothing, and ends nothing.</summary>
    Blank,

    /// <summary>A JSON object: an event by itself.</summary>
    Object,

    /// <summary>A <c>data</c> field: a line of an event.</summary>
    Data,

    /// <summary>A comment, or another field of the standard: nothing for us.</summary>
    Ignored,

    /// <summary>Has the form of a field that the standard does not know, and says to ignore.</summary>
    UnknownField,

    /// <summary>None of these.</summary>
    Garbage,
}
