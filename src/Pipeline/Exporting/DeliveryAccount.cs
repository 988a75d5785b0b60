using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Diagnostics;

namespace OpencodeOtel.Pipeline.Exporting;

/// <summary>What one destination was given and what became of it. Thread-safe; once all is settled, made equals the sum of the fates.</summary>
internal sealed class DeliveryAccount
{
    private const int Signals = 3;
    private const int Fates = (int)Fate.Spooled + 1;

    private readonly long[] _made = new long[Signals];
    private readonly long[] _fates = new long[Signals * Fates];
    private long _requests;
    private long _retries;
    private long _bytes;
    private long _bytesOnWire;

    /// <summary>Counts records that are to be delivered.</summary>
    public void CountMade(Signal signal, long items) => Interlocked.Add(ref _made[(int)signal], items);

    /// <summary>Counts the end of records.</summary>
    public void Settle(Signal signal, Fate fate, long items) => Interlocked.Add(ref _fates[((int)signal * Fates) + (int)fate], items);

    /// <summary>Corrects a fate: what was spooled has been delivered after all, or evicted.</summary>
    public void Move(Signal signal, Fate from, Fate to, long items)
    {
        Settle(signal, to, items);
        Settle(signal, from, -items);
    }

    /// <summary>Counts an attempt to send.</summary>
    /// <param name="bytes">Size of the payload.</param>
    /// <param name="isRetry">Whether the same payload was tried before.</param>
    public void CountAttempt(long bytes, bool isRetry = false)
    {
        Interlocked.Increment(ref _requests);
        Interlocked.Add(ref _retries, isRetry ? 1 : 0);
        Interlocked.Add(ref _bytes, bytes);
    }

    /// <summary>Counts the bytes of an attempt as they were sent.</summary>
    public void CountOnWire(long bytes) => Interlocked.Add(ref _bytesOnWire, bytes);

    /// <summary>Gets how many records are to be delivered.</summary>
    public long Made(Signal signal) => Interlocked.Read(ref _made[(int)signal]);

    /// <summary>The account of now.</summary>
    public ExporterReport Report(string name) => new(
        name,
        Metrics: Read(Signal.Metrics),
        Logs: Read(Signal.Logs),
        Spans: Read(Signal.Traces),
        Requests: Interlocked.Read(ref _requests),
        Retries: Interlocked.Read(ref _retries),
        Bytes: Interlocked.Read(ref _bytes),
        BytesOnWire: Interlocked.Read(ref _bytesOnWire));

    private FateCounts Read(Signal signal)
    {
        return new FateCounts(
            Delivered: Of(Fate.Delivered),
            Rejected: Of(Fate.Rejected),
            Refused: Of(Fate.Refused),
            TooLarge: Of(Fate.TooLarge),
            Expired: Of(Fate.Expired),
            Dropped: Of(Fate.Dropped),
            Spooled: Of(Fate.Spooled));

        long Of(Fate fate) => Interlocked.Read(ref _fates[((int)signal * Fates) + (int)fate]);
    }
}
