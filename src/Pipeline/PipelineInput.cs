using OpencodeOtel.Pipeline.Receiving.Framing;

namespace OpencodeOtel.Pipeline;

/// <summary>One of several streams that a <see cref="TelemetryPipeline"/> reads at the same time.</summary>
/// <remarks>Used by the pipeline's thread: calls on an input are calls on its pipeline. A stream that breaks off is simply left: half an event is no event.</remarks>
public sealed class PipelineInput
{
    private readonly TelemetryPipeline _pipeline;
    private readonly FrameReader _frames;

    internal PipelineInput(TelemetryPipeline pipeline, FrameReader frames)
    {
        _pipeline = pipeline;
        _frames = frames;
    }

    /// <summary>Takes the next bytes of this stream, cut anywhere. They are read during the call and not kept.</summary>
    public void Push(ReadOnlySpan<byte> bytes) => _pipeline.Push(_frames, bytes);

    /// <summary>Takes whole events that were missed: this stream or another may say them again.</summary>
    internal void Tell(ReadOnlySpan<byte> events) => _pipeline.Tell(_frames, events);

    /// <summary>Takes whole events of the past: they are remembered as if they had been seen, and make no telemetry.</summary>
    internal void Learn(ReadOnlySpan<byte> events) => _pipeline.Learn(_frames, events);
}
