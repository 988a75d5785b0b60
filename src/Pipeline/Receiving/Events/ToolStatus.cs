namespace OpencodeOtel.Pipeline.Receiving.Events;

/// <summary><c>state.status</c> of a tool part.</summary>
internal enum ToolStatus
{
    /// <summary>Any other status: nothing is made of it.</summary>
    Unknown,

    /// <summary>Announced.</summary>
    Pending,

    /// <summary>At work; said many times.</summary>
    Running,

    /// <summary>Ended, also a command that failed.</summary>
    Completed,

    /// <summary>Ended with an error.</summary>
    Error,
}
