namespace OpencodeOtel.Pipeline.Spooling;

/// <summary>A segment file being written.</summary>
internal interface IAppendFile : IDisposable
{
    /// <summary>Writes <paramref name="parts"/> one after the other from <paramref name="offset"/>, and returns when they are on disk.</summary>
    /// <exception cref="IOException">They are not; some of them may be.</exception>
    void Append(IReadOnlyList<ReadOnlyMemory<byte>> parts, long offset);

    /// <summary>Takes back what was written after <paramref name="length"/>.</summary>
    /// <exception cref="IOException">It could not be taken back.</exception>
    void Truncate(long length);
}
