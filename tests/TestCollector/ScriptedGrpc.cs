using Grpc.Core;

namespace OpencodeOtel.TestCollector;

/// <summary>How a gRPC call is answered instead of with success.</summary>
/// <param name="Status">The status code; OK only sends the trailers.</param>
/// <param name="Message">The message that goes with it.</param>
public sealed record ScriptedGrpc(StatusCode Status, string Message = "")
{
    /// <summary>Gets what is sent after the status, such as <c>grpc-status-details-bin</c>.</summary>
    public Metadata Trailers { get; init; } = [];
}
