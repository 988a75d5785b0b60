namespace OpencodeOtel.Benchmarks.Data;

/// <summary>Sizes that the benchmarks share.</summary>
internal static class Batch
{
    /// <summary>Items a request, as the batch processor of the OpenTelemetry SDK sends by default.</summary>
    public const int Size = 512;
}
