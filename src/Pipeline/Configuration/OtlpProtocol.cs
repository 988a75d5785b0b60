namespace OpencodeOtel.Pipeline.Configuration;

/// <summary>The three OTLP transports.</summary>
public enum OtlpProtocol
{
    /// <summary><c>grpc</c>.</summary>
    Grpc,

    /// <summary><c>http/protobuf</c>.</summary>
    HttpProtobuf,

    /// <summary><c>http/json</c>.</summary>
    HttpJson,
}
