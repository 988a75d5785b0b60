namespace OpencodeOtel.TestCollector;

/// <summary>A request that could not be read, and why: what the encoder under test got wrong.</summary>
/// <param name="Signal">The signal that the path or the method named.</param>
/// <param name="Transport">The way that the request came.</param>
/// <param name="ContentType">The content type as it was sent, or an empty text.</param>
/// <param name="Reason">What the server answered in the message of its status.</param>
public sealed record RefusedRequest(OtlpSignal Signal, OtlpTransport Transport, string ContentType, string Reason);
