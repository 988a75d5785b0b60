using Google.Protobuf;
using Grpc.AspNetCore.Server.Model;
using Grpc.Core;
using Microsoft.AspNetCore.Http.Features;
using OpencodeOtel.TestCollector.Reading;

namespace OpencodeOtel.TestCollector.Serving;

/// <summary>Takes the three Export calls of OTLP/gRPC.</summary>
/// <remarks>
/// The methods are bound by hand, with byte arrays for messages, because the generated base classes hand over the
/// decoded message only, and a test may want the very bytes.
/// </remarks>
internal sealed class GrpcReception(Exchange exchange)
{
    private const int CancelError = 8; // RFC 9113 section 7

    private async Task<byte[]> ExportAsync(SignalSchema schema, byte[] body, ServerCallContext call)
    {
        ScriptedAnswer answer;
        try
        {
            answer = await exchange.TakeAsync(call.GetHttpContext(), schema, OtlpTransport.Grpc, json: false, body);
        }
        catch (InvalidDataException e)
        {
            throw new RpcException(new Status(StatusCode.InvalidArgument, e.Message));
        }
        catch (OperationCanceledException)
        {
            // The client is gone, or the server goes, or the script says so: nobody is answered. A reset ends this call only.
            call.GetHttpContext().Features.GetRequiredFeature<IHttpResetFeature>().Reset(CancelError);
            throw;
        }

        if (answer.Grpc is { } scripted)
        {
            foreach (Metadata.Entry trailer in scripted.Trailers)
            {
                call.ResponseTrailers.Add(trailer);
            }

            call.Status = new Status(scripted.Status, scripted.Message);
        }

        return schema.Respond(answer.PartialSuccess).ToByteArray();
    }

    /// <summary>Names the methods as the generated descriptors do.</summary>
    internal sealed class Methods : IServiceMethodProvider<GrpcReception>
    {
        private static readonly Marshaller<byte[]> Bytes = new(bytes => bytes, bytes => bytes);

        /// <inheritdoc/>
        public void OnServiceMethodDiscovery(ServiceMethodProviderContext<GrpcReception> context)
        {
            foreach (SignalSchema schema in SignalSchema.All)
            {
                string name = schema.GrpcService.Methods.Single().Name;
                context.AddUnaryMethod(
                    new Method<byte[], byte[]>(MethodType.Unary, schema.GrpcService.FullName, name, Bytes, Bytes),
                    [],
                    (reception, body, call) => reception.ExportAsync(schema, body, call));
            }
        }
    }
}
