using Google.Protobuf;
using Grpc.AspNetCore.Server.Model;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
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
    /// <summary>CANCEL, RFC 9113 section 7.</summary>
    public const int CancelError = 8;

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
            Reset(call, CancelError);
            throw;
        }

        if (answer.Grpc is { } scripted)
        {
            Obey(scripted, call);
        }

        return schema.Respond(answer.PartialSuccess).ToByteArray();
    }

    private static void Obey(ScriptedGrpc scripted, ServerCallContext call)
    {
        if (scripted.Reset is { } error)
        {
            Reset(call, error);
            throw new OperationCanceledException("The script wants the call to be reset.");
        }

        var status = new Status(scripted.Status, scripted.Message);
        if (scripted.TrailersOnly)
        {
            throw new RpcException(status, scripted.Trailers); // As long as nothing is written, the library puts them into the headers.
        }

        foreach (Metadata.Entry trailer in scripted.Trailers)
        {
            call.ResponseTrailers.Add(trailer);
        }

        call.Status = status;
        HttpContext http = call.GetHttpContext();
        http.Response.ContentType = scripted.ContentType ?? http.Response.ContentType;
        if (scripted.WithoutTrailers)
        {
            http.Features.Set<IHttpResponseTrailersFeature>(new UnsentTrailers());
        }
    }

    private static void Reset(ServerCallContext call, int error) => call.GetHttpContext().Features.GetRequiredFeature<IHttpResetFeature>().Reset(error);

    /// <summary>Takes trailers, and that is all.</summary>
    private sealed class UnsentTrailers : IHttpResponseTrailersFeature
    {
        /// <inheritdoc/>
        public IHeaderDictionary Trailers { get; set; } = new HeaderDictionary();
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
