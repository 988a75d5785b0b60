using OpencodeOtel.Otlp.Model;

namespace OpencodeOtel.Pipeline.Enriching.State;

/// <summary>What is kept of the last run of a deleted session: late work belongs to it.</summary>
internal sealed class PastRun
{
    private readonly long _start;
    private readonly long _end;
    private readonly byte[] _key;
    private readonly bool _hasIds;
    private readonly TraceId _traceId;
    private readonly SpanId _spanId;
    private readonly OtlpString _agent;

    /// <summary>Keeps it.</summary>
    /// <param name="run">A run that has ended.</param>
    public PastRun(RunState run)
    {
        _start = run.Start;
        _end = run.End;
        _key = run.Key;
        _hasIds = run.HasIds;
        _traceId = run.TraceId;
        _spanId = run.SpanId;
        _agent = run.Agent;
    }

    /// <summary>Gives it back.</summary>
    public RunState Restore(SessionState session) => new(session, _start)
    {
        End = _end,
        IsEnded = true,
        Key = _key,
        HasIds = _hasIds,
        TraceId = _traceId,
        SpanId = _spanId,
        IsSpanDone = true,
        Agent = _agent,
    };
}
