namespace OpencodeOtel.Pipeline.Attaching;

/// <summary>How a connection to a server ended, or did not come about.</summary>
internal enum ConnectionEnd
{
    /// <summary>The server ended the stream, as it does when an instance is disposed.</summary>
    Ended,

    /// <summary>The connection broke.</summary>
    Broken,

    /// <summary>Nothing came, not even a heartbeat.</summary>
    Silent,

    /// <summary>Nobody listens there.</summary>
    Unreachable,

    /// <summary>The name of the host is unknown.</summary>
    UnknownHost,

    /// <summary>No secure connection: the certificate, or what both sides speak.</summary>
    Insecure,

    /// <summary>No answer within the time.</summary>
    NoAnswer,

    /// <summary>The server wants another password, or one at all.</summary>
    Unauthorized,

    /// <summary>An answer that is no event stream.</summary>
    NotEvents,
}
