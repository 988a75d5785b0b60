namespace OpencodeOtel.TestCollector;

/// <summary>A success that rejects a part, or only warns.</summary>
/// <param name="Rejected">How many spans, log records or data points are rejected; 0 is a warning.</param>
/// <param name="Message">What the server has to say about it.</param>
public sealed record ScriptedPartialSuccess(long Rejected, string Message);
