namespace OpencodeOtel.Pipeline.Attaching;

/// <summary>What an event says that was missed.</summary>
internal enum MissedEventKind
{
    /// <summary><c>session.created</c>, as of then.</summary>
    SessionCreated,

    /// <summary><c>session.updated</c>, with no time but that of the creation.</summary>
    SessionUpdated,

    /// <summary><c>message.updated</c> of a message as it was before it was completed.</summary>
    OpenMessage,

    /// <summary><c>message.updated</c>.</summary>
    Message,

    /// <summary><c>message.part.updated</c>.</summary>
    Part,

    /// <summary><c>session.error</c>.</summary>
    Error,

    /// <summary><c>session.idle</c>.</summary>
    Idle,
}
