using OpencodeOtel.Otlp;
using OpencodeOtel.Otlp.Model;

namespace OpencodeOtel.Pipeline.Exporting;

/// <summary>Takes everything and sends it nowhere.</summary>
internal sealed class NullPayloadSender : IPayloadSender
{
    /// <inheritdoc/>
    public WireForm Form => WireForm.Protobuf;

    /// <inheritdoc/>
    public ValueTask<SendResult> SendAsync(ExportRequest request, CancellationToken cancellationToken) => new(new SendResult(SendOutcome.Accepted));

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => default;
}
