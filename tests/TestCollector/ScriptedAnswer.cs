using Grpc.Core;

namespace OpencodeOtel.TestCollector;

/// <summary>What a test makes the server answer to one request. The parts combine.</summary>
public sealed record ScriptedAnswer
{
    /// <summary>Gets the answer to a POST; null is success.</summary>
    public ScriptedHttp? Http { get; init; }

    /// <summary>Gets the answer to a gRPC call; null is success.</summary>
    public ScriptedGrpc? Grpc { get; init; }

    /// <summary>Gets the partial success that a success carries.</summary>
    public ScriptedPartialSuccess? PartialSuccess { get; init; }

    /// <summary>Gets what the answer waits for; null answers at once. A client that goes away ends the wait.</summary>
    public Task? Until { get; init; }

    /// <summary>Gets what gets lost; nothing by default.</summary>
    public ScriptedLoss Loss { get; init; }

    /// <summary>Gets a value indicating whether the connection ends in order after this: GOAWAY over HTTP/2, <c>Connection: close</c> over HTTP/1.1.</summary>
    /// <remarks>
    /// A GOAWAY that leaves requests out, or comes with an error, is nothing that this server can be made to send. Beside others on the
    /// connection an answer may get lost with it: whoever closes while the client still writes resets the connection.
    /// </remarks>
    public bool EndsConnection { get; init; }

    /// <summary>Answers success with a partial success.</summary>
    public static ScriptedAnswer Partial(long rejected, string message) =>
        new() { PartialSuccess = new ScriptedPartialSuccess(rejected, message) };

    /// <summary>Answers a failure on either transport.</summary>
    public static ScriptedAnswer Failure(int httpStatus, StatusCode grpcStatus, string message = "") =>
        new() { Http = new ScriptedHttp(httpStatus, message), Grpc = new ScriptedGrpc(grpcStatus, message) };

    /// <summary>Answers success once <paramref name="until"/> has completed.</summary>
    public static ScriptedAnswer Held(Task until) => new() { Until = until };

    /// <summary>Tells whether a client that came this way has delivered its records, rejected ones aside.</summary>
    internal bool Accepts(OtlpTransport transport) => Loss != ScriptedLoss.Request && transport switch
    {
        OtlpTransport.Http => Http is null or { Status: >= 200 and < 300 },
        OtlpTransport.Grpc => Grpc is null or { IsSuccess: true },
        _ => throw new ArgumentOutOfRangeException(nameof(transport), transport, "Only a client is answered."),
    };
}
