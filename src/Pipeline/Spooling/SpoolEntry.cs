using OpencodeOtel.Otlp.Model;

namespace OpencodeOtel.Pipeline.Spooling;

/// <summary>What waits in a spool for one destination.</summary>
/// <param name="Signal">The signal.</param>
/// <param name="Destination">The address, without anything secret.</param>
/// <param name="Requests">How many requests.</param>
/// <param name="Items">How many spans, log records or data points.</param>
/// <param name="Bytes">The size of the requests.</param>
/// <param name="Oldest">When the oldest was stored.</param>
public sealed record SpoolEntry(Signal Signal, string Destination, long Requests, long Items, long Bytes, DateTimeOffset Oldest);
