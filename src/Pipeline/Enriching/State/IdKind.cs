namespace OpencodeOtel.Pipeline.Enriching.State;

/// <summary>What an id names: equal ids of different kinds are different things.</summary>
internal enum IdKind : byte
{
    /// <summary>A session.</summary>
    Session = 1,

    /// <summary>A run of a session, by its key.</summary>
    Run,

    /// <summary>A message, of either role.</summary>
    Message,

    /// <summary>A tool call.</summary>
    Call,

    /// <summary>A part of a message.</summary>
    Part,

    /// <summary>A request for permission.</summary>
    Permission,

    /// <summary>A user message that is history of its session.</summary>
    OldPrompt,

    /// <summary>An error of a session, by its text.</summary>
    Error,
}
