using Grpc.Core;

namespace OpencodeOtel.TestCollector;

/// <summary>How a gRPC call is answered instead of with success.</summary>
/// <param name="Status">The status code; OK only sends the trailers.</param>
/// <param name="Message">The message that goes with it.</param>
public sealed record ScriptedGrpc(StatusCode Status, string Message = "")
{
    /// <summary>Gets the HTTP/2 error that the call is reset with instead of being answered; null answers.</summary>
    public int? Reset { get; init; }

    /// <summary>Gets a value indicating whether a failure comes with the headers, and nothing after them.</summary>
    public bool TrailersOnly { get; init; }

    /// <summary>Gets a value indicating whether the answer ends without its trailers, and so without a status.</summary>
    public bool WithoutTrailers { get; init; }

    /// <summary>Gets the content type of the answer; null for gRPC's.</summary>
    public string? ContentType { get; init; }

    /// <summary>Gets a value indicating whether a client can read success from the answer.</summary>
    internal bool IsSuccess => Status == StatusCode.OK && Reset is null && !WithoutTrailers && ContentType is null;

    /// <summary>Gets what is sent after the status, such as <c>grpc-status-details-bin</c>.</summary>
    public Metadata Trailers { get; init; } = [];
}
