namespace OpencodeOtel.EndToEnd.Peers;

/// <summary>A test that needs the gRPC library of JavaScript: skipped, with the reason, where <c>GRPC_JS</c> names no folder that has it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class GrpcJsFactAttribute : FactAttribute
{
    /// <summary>Skips the test if the library is not there.</summary>
    public GrpcJsFactAttribute() => Skip =
        Environment.GetEnvironmentVariable("GRPC_JS") is not { Length: > 0 } folder ? "GRPC_JS names no folder with @grpc/grpc-js."
        : Directory.Exists(Path.Combine(folder, "node_modules", "@grpc", "grpc-js")) ? null
        : "The folder that GRPC_JS names has no @grpc/grpc-js.";
}
