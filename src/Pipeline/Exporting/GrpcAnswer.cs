using System.Buffers;
using Grpc.Core;
using OpencodeOtel.Otlp;
using OpencodeOtel.Otlp.Model;

namespace OpencodeOtel.Pipeline.Exporting;

/// <summary>The answer to a call, read as it comes off the wire.</summary>
internal sealed class GrpcAnswer(ExportResponse response)
{
    private static readonly GrpcAnswer Success = new(default);

    /// <summary>Gets what it says.</summary>
    public ExportResponse Response { get; } = response;

    /// <summary>Reads an answer; an empty one, which is the rule, costs nothing.</summary>
    public static GrpcAnswer Read(DeserializationContext context, Signal signal)
    {
        if (context.PayloadLength == 0)
        {
            return Success;
        }

        ReadOnlySequence<byte> payload = context.PayloadAsReadOnlySequence();
        return new GrpcAnswer(ExportResponse.Read(payload.IsSingleSegment ? payload.FirstSpan : payload.ToArray(), WireForm.Protobuf, signal));
    }
}
