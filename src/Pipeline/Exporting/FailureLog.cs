using Microsoft.Extensions.Logging;
using OpencodeOtel.Otlp.Model;

namespace OpencodeOtel.Pipeline.Exporting;

/// <summary>Says each kind of failure once, when it first happens, and at the end how often it did. Thread-safe.</summary>
internal sealed partial class FailureLog(string exporter, ILogger logger)
{
    private static readonly FailureKind[] Kinds = Enum.GetValues<FailureKind>();

    private readonly long[] _requests = new long[Kinds.Length];
    private readonly long[] _items = new long[Kinds.Length];

    /// <summary>Reports a failure.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="signal">The signal of the records.</param>
    /// <param name="items">How many records it cost.</param>
    /// <param name="why">What to tell; no secret.</param>
    public void Report(FailureKind kind, Signal signal, long items, string? why)
    {
        Interlocked.Add(ref _items[(int)kind], items);
        if (Interlocked.Increment(ref _requests[(int)kind]) == 1)
        {
            SayFirst(kind, Name(signal), items, why ?? "no reason given");
        }
    }

    /// <summary>Says how often each kind happened, if more than once.</summary>
    public void Summarise()
    {
        foreach (FailureKind kind in Kinds)
        {
            long requests = Interlocked.Read(ref _requests[(int)kind]);
            if (requests > 1)
            {
                LogSummary(exporter, requests, Interlocked.Read(ref _items[(int)kind]), Describe(kind));
            }
        }
    }

    private static string Name(Signal signal) => signal switch
    {
        Signal.Traces => "spans",
        Signal.Metrics => "metric points",
        _ => "log records",
    };

    private static string Describe(FailureKind kind) => kind switch
    {
        FailureKind.Rejected => "rejected in part",
        FailureKind.Warned => "taken with a warning",
        FailureKind.Unavailable => "not delivered",
        FailureKind.Unauthenticated => "not authenticated",
        FailureKind.Refused => "refused",
        FailureKind.TooLarge => "too large",
        FailureKind.QueueFull => "dropped for a full queue",
        FailureKind.Retried => "tried again",
        FailureKind.Spooled => "kept on disk",
        _ => "dropped when stopping",
    };

    private void SayFirst(FailureKind kind, string records, long items, string why)
    {
        switch (kind)
        {
            case FailureKind.Rejected:
                LogRejected(exporter, items, records, why);
                break;
            case FailureKind.Warned:
                LogWarned(exporter, records, why);
                break;
            case FailureKind.Unavailable:
                LogUnavailable(exporter, items, records, why);
                break;
            case FailureKind.Unauthenticated:
                LogUnauthenticated(exporter, items, records, why);
                break;
            case FailureKind.Refused:
                LogRefused(exporter, items, records, why);
                break;
            case FailureKind.TooLarge:
                LogTooLarge(exporter, items, records, why);
                break;
            case FailureKind.QueueFull:
                LogQueueFull(exporter, items, records, why);
                break;
            case FailureKind.ShutDown:
                LogShutDown(exporter, items, records, why);
                break;
            case FailureKind.Retried:
                LogRetried(exporter, items, records, why);
                break;
            case FailureKind.Spooled:
                LogSpooled(exporter, items, records, why);
                break;
        }
    }
}
