namespace OpencodeOtel.TestCollector;

/// <summary>Whether a request, or only its answer, gets lost: the client sees the same in either case.</summary>
public enum ScriptedLoss
{
    /// <summary>Neither.</summary>
    None,

    /// <summary>The request: the connection breaks, over gRPC the call is cancelled, and nothing was taken.</summary>
    Request,

    /// <summary>The answer: the records were taken, then the connection breaks or the call is cancelled.</summary>
    Answer,
}
