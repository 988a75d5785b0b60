using Grpc.Core;
using OpencodeOtel.Otlp.Model;

namespace OpencodeOtel.Pipeline.Exporting;

/// <summary>The calls of OTLP/gRPC, with ready bytes in the place of generated messages.</summary>
internal static class ExportMethods
{
    private const string Name = "Export";

    private static readonly Marshaller<RequestBody> Request = new(WriteRequest, static _ => throw new NotSupportedException());
    private static readonly Method<RequestBody, GrpcAnswer> Traces = Of(Signal.Traces, "opentelemetry.proto.collector.trace.v1.TraceService");
    private static readonly Method<RequestBody, GrpcAnswer> Metrics = Of(Signal.Metrics, "opentelemetry.proto.collector.metrics.v1.MetricsService");
    private static readonly Method<RequestBody, GrpcAnswer> Logs = Of(Signal.Logs, "opentelemetry.proto.collector.logs.v1.LogsService");

    /// <summary>The call of a signal.</summary>
    public static Method<RequestBody, GrpcAnswer> For(Signal signal) => signal switch
    {
        Signal.Traces => Traces,
        Signal.Metrics => Metrics,
        _ => Logs,
    };

    private static Method<RequestBody, GrpcAnswer> Of(Signal signal, string service) => new(
        MethodType.Unary,
        service,
        Name,
        Request,
        new Marshaller<GrpcAnswer>(static (_, _) => throw new NotSupportedException(), context => GrpcAnswer.Read(context, signal)));

    private static void WriteRequest(RequestBody request, SerializationContext context)
    {
        ReadOnlySpan<byte> body = request.Bytes.Span;
        context.SetPayloadLength(body.Length);
        System.Buffers.IBufferWriter<byte> writer = context.GetBufferWriter();
        body.CopyTo(writer.GetSpan(body.Length));
        writer.Advance(body.Length);
        context.Complete();
        request.Taken?.Invoke();
    }
}
