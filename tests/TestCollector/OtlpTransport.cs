namespace OpencodeOtel.TestCollector;

/// <summary>The way that a request came.</summary>
public enum OtlpTransport
{
    /// <summary>A unary gRPC call.</summary>
    Grpc,

    /// <summary>An HTTP POST, protobuf or JSON.</summary>
    Http,

    /// <summary>A line of a file.</summary>
    File,
}
