using OpencodeOtel.Otlp;
using OpencodeOtel.Otlp.Model;

namespace OpencodeOtel.Pipeline.Exporting;

/// <summary>Sends one payload once and says what came of it. Expected failures are results, never exceptions.</summary>
internal interface IPayloadSender : IAsyncDisposable
{
    /// <summary>Gets the wire form that it sends.</summary>
    WireForm Form { get; }

    /// <summary>Waits for what must be there before the first payload is sent; the first call brings it about. Never fails.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task PrepareAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Sends <paramref name="request"/>; safe for concurrent use.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    ValueTask<SendResult> SendAsync(ExportRequest request, CancellationToken cancellationToken);
}
