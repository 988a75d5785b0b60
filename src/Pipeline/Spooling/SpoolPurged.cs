namespace OpencodeOtel.Pipeline.Spooling;

/// <summary>What was dropped from a spool.</summary>
/// <param name="Requests">How many requests.</param>
/// <param name="Items">How many spans, log records and data points were in them.</param>
/// <param name="Damage">What could not be read, and went with them.</param>
/// <param name="LogsLeft">Logs that were left alone: a running process has them, a later version of this program wrote them, or they cannot be read and written.</param>
public sealed record SpoolPurged(long Requests, long Items, SpoolDamage Damage, int LogsLeft);
