namespace OpencodeOtel.EndToEnd.Support;

/// <summary>A span, a log record or a series of <see cref="ComparableTelemetry"/>.</summary>
/// <param name="Text">Everything that two observers must agree on.</param>
/// <param name="Noticed">When it was noticed, or how long a run was, in milliseconds; <see langword="null"/> if the events tell all its times.</param>
public sealed record ComparableRecord(string Text, double? Noticed = null);
