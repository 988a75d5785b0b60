using OpencodeOtel.Pipeline.Enriching;

namespace OpencodeOtel.Pipeline.Attaching;

/// <summary>Lets several connections feed one pipeline, which takes one call at a time.</summary>
/// <remarks>No call waits for anything but another: a connection is never kept from reading for long.</remarks>
internal sealed class SharedPipeline(TelemetryPipeline pipeline)
{
    private readonly Lock _turn = new();

    /// <summary>Tells whether a session works, and whether any has worked so far: one may begin and end between two looks.</summary>
    public (bool Works, bool HasWorked) Work
    {
        get
        {
            lock (_turn)
            {
                bool works = pipeline.IsAnySessionWorking;
                return (works, works || pipeline.HasAnySessionWorked);
            }
        }
    }

    /// <summary>Opens an input for one more stream.</summary>
    public PipelineInput OpenInput()
    {
        lock (_turn)
        {
            return pipeline.OpenInput();
        }
    }

    /// <summary>Does what is due by the clock.</summary>
    public void Tick()
    {
        lock (_turn)
        {
            pipeline.Tick();
        }
    }

    /// <summary>Takes bytes of a stream.</summary>
    public void Push(PipelineInput input, ReadOnlySpan<byte> bytes)
    {
        lock (_turn)
        {
            input.Push(bytes);
        }
    }

    /// <summary>Tells what is known of a session.</summary>
    public SessionPhase PhaseOf(ReadOnlySpan<byte> sessionId)
    {
        lock (_turn)
        {
            return pipeline.PhaseOf(sessionId);
        }
    }

    /// <summary>Does several things of which nothing may come between.</summary>
    public void Do(Action<TelemetryPipeline> things)
    {
        lock (_turn)
        {
            things(pipeline);
        }
    }
}
