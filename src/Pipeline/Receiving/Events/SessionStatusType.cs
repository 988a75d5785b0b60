namespace OpencodeOtel.Pipeline.Receiving.Events;

/// <summary><c>status.type</c> of <c>session.status</c>.</summary>
internal enum SessionStatusType
{
    /// <summary>Any other.</summary>
    Unknown,

    /// <summary>Idle; <c>session.idle</c> says the same.</summary>
    Idle,

    /// <summary>At work.</summary>
    Busy,

    /// <summary>The model's provider is tried again.</summary>
    Retry,
}
