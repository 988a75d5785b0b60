namespace OpencodeOtel.Pipeline.Spooling;

/// <summary>A segment file on a disk.</summary>
internal sealed class AppendFile(string path) : IAppendFile
{
    private readonly FileStream _file = SpoolFiles.Create(path, FileMode.CreateNew);

    /// <inheritdoc/>
    public void Append(IReadOnlyList<ReadOnlyMemory<byte>> parts, long offset)
    {
        // One gathered write: payloads go to the system from where they are.
        RandomAccess.Write(_file.SafeFileHandle, parts, offset);
        RandomAccess.FlushToDisk(_file.SafeFileHandle);
    }

    /// <inheritdoc/>
    public void Truncate(long length) => RandomAccess.SetLength(_file.SafeFileHandle, length);

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
