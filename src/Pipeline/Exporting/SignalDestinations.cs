using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Configuration;

namespace OpencodeOtel.Pipeline.Exporting;

/// <summary>Where a sender sends each of its signals.</summary>
internal sealed class SignalDestinations
{
    private readonly OtlpDestination?[] _bySignal = new OtlpDestination?[3];

    /// <summary>Gets or sets the destination of a signal.</summary>
    /// <exception cref="InvalidOperationException">The sender does not send this signal.</exception>
    public OtlpDestination this[Signal signal]
    {
        get => _bySignal[(int)signal] ?? throw new InvalidOperationException($"no destination for {signal}");
        set => _bySignal[(int)signal] = value;
    }

    /// <summary>Gets the signals that have a destination.</summary>
    public IEnumerable<Signal> Signals => Enum.GetValues<Signal>().Where(signal => _bySignal[(int)signal] is not null);

    /// <summary>Gets one of them; all are at the same server and reached in the same way.</summary>
    public OtlpDestination Any => this[Signals.First()];

    /// <summary>The same destination for everything.</summary>
    public static SignalDestinations All(OtlpDestination destination) => new()
    {
        [Signal.Traces] = destination,
        [Signal.Metrics] = destination,
        [Signal.Logs] = destination,
    };
}
