using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Configuration;

namespace OpencodeOtel.Pipeline.Exporting;

/// <summary>Where a sender sends each of its signals.</summary>
internal sealed class SignalDestinations
{
    private readonly OtlpDestination?[] _bySignal = new OtlpDestination?[3];
    private readonly OtlpDestination?[] _current = new OtlpDestination?[3]; // with the headers of now

    /// <summary>Gets or sets the destination of a signal; what is got has the headers of <see cref="Override"/>, if that was called.</summary>
    /// <exception cref="InvalidOperationException">The sender does not send this signal.</exception>
    public OtlpDestination this[Signal signal]
    {
        get => Volatile.Read(ref _current[(int)signal]) ?? throw new InvalidOperationException($"no destination for {signal}");
        set => _bySignal[(int)signal] = _current[(int)signal] = value;
    }

    /// <summary>Gets the signals that have a destination.</summary>
    public IEnumerable<Signal> Signals => Enum.GetValues<Signal>().Where(signal => _bySignal[(int)signal] is not null);

    /// <summary>Gets one of them; all are at the same server and reached in the same way.</summary>
    public OtlpDestination Any => this[Signals.First()];

    /// <summary>Puts headers over those that were configured, compared without case, and in the place of those of an earlier call. One thread at a time; readers need not wait.</summary>
    public void Override(IReadOnlyList<KeyValuePair<string, Secret>> headers)
    {
        HashSet<string> names = new(headers.Select(header => header.Key), StringComparer.OrdinalIgnoreCase);
        foreach (Signal signal in Signals)
        {
            OtlpDestination configured = _bySignal[(int)signal]!;
            OtlpDestination renewed = configured with
            {
                Headers = [.. configured.Headers.Where(header => !names.Contains(header.Key)), .. headers],
                FormerHeaders = [.. configured.Headers.Where(header => names.Contains(header.Key)), .. this[signal].Headers],
            };
            Volatile.Write(ref _current[(int)signal], renewed);
        }
    }

    /// <summary>The same destination for everything.</summary>
    public static SignalDestinations All(OtlpDestination destination) => new()
    {
        [Signal.Traces] = destination,
        [Signal.Metrics] = destination,
        [Signal.Logs] = destination,
    };
}
