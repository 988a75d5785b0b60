using OpencodeOtel.Otlp.Model;

namespace OpencodeOtel.Pipeline.Exporting;

/// <summary>Who sends each signal at one destination; one sender may have several.</summary>
internal sealed class SignalSenders(IPayloadSender traces, IPayloadSender metrics, IPayloadSender logs) : IAsyncDisposable
{
    /// <summary>Gets the sender of a signal.</summary>
    public IPayloadSender this[Signal signal] => signal switch
    {
        Signal.Traces => traces,
        Signal.Metrics => metrics,
        _ => logs,
    };

    /// <summary>One sender for everything.</summary>
    public static SignalSenders All(IPayloadSender sender) => new(sender, sender, sender);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (IPayloadSender sender in new HashSet<IPayloadSender>([traces, metrics, logs]))
        {
            await sender.DisposeAsync().ConfigureAwait(false);
        }
    }
}
