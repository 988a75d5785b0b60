using Google.Protobuf;

namespace OpencodeOtel.TestCollector;

/// <summary>One export request, as it arrived and as it reads.</summary>
public sealed record ReceivedRequest
{
    /// <summary>Gets the place in the order of arrival, over all signals and transports, from 0.</summary>
    public required int Order { get; init; }

    /// <summary>Gets the signal, as the path, the called method or the file says it.</summary>
    public required OtlpSignal Signal { get; init; }

    /// <summary>Gets the way that the request came.</summary>
    public required OtlpTransport Transport { get; init; }

    /// <summary>Gets the content type as it was sent, parameters included.</summary>
    public required string ContentType { get; init; }

    /// <summary>Gets the request's headers, their names in any case; empty for a line of a file.</summary>
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary>Gets the bytes of the message after decompression, without gRPC's five bytes of framing.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Gets the decoded <c>Export…ServiceRequest</c>; a file's <c>TracesData</c> has the same shape.</summary>
    public required IMessage Message { get; init; }
}
