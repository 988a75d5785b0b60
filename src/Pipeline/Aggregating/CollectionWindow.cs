namespace OpencodeOtel.Pipeline.Aggregating;

/// <summary>The times that the points of one collection share, in Unix nanoseconds; the start is before the time.</summary>
/// <param name="Start">The previous collection's time: the start of every delta point.</param>
/// <param name="Time">The collection's time: the time of every point.</param>
internal readonly record struct CollectionWindow(ulong Start, ulong Time);
