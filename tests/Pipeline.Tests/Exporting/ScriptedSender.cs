using OpencodeOtel.Otlp;
using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Exporting;

namespace OpencodeOtel.Pipeline.Tests.Exporting;

/// <summary>Answers as a test tells it to.</summary>
internal sealed class ScriptedSender(Func<ExportRequest, CancellationToken, ValueTask<SendResult>> answer) : IPayloadSender
{
    private int _sent;

    public ScriptedSender(SendResult result)
        : this((_, _) => new ValueTask<SendResult>(result))
    {
    }

    public int Sent => Volatile.Read(ref _sent);

    public bool Disposed { get; private set; }

    public WireForm Form { get; init; } = WireForm.Protobuf;

    public ValueTask<SendResult> SendAsync(ExportRequest request, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _sent);
        return answer(request, cancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        Disposed = true;
        return default;
    }
}
