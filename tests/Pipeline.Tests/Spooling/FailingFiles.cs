using OpencodeOtel.Pipeline.Spooling;

namespace OpencodeOtel.Pipeline.Tests.Spooling;

/// <summary>Segments on a disk that can be full: a part of what is written still gets there.</summary>
internal sealed class FailingFiles
{
    public bool Fails { get; set; }

    /// <summary>Gets or sets a value indicating whether all of what fails gets there, and cannot be taken back.</summary>
    public bool KeepsWhatFails { get; set; }

    public int Attempts { get; private set; }

    public int Successes { get; private set; }

    public IAppendFile Open(string path) => new File(this, new AppendFile(path));

    private sealed class File(FailingFiles disk, AppendFile inner) : IAppendFile
    {
        public void Append(IReadOnlyList<ReadOnlyMemory<byte>> parts, long offset)
        {
            disk.Attempts++;
            if (disk.Fails)
            {
                inner.Append(disk.KeepsWhatFails ? parts : [.. parts.Take(parts.Count - 1), parts[^1][..(parts[^1].Length / 2)]], offset);
                throw new IOException("No space left on device", 28);
            }

            inner.Append(parts, offset);
            disk.Successes++;
        }

        public void Truncate(long length)
        {
            if (disk.Fails && disk.KeepsWhatFails)
            {
                throw new IOException("Input/output error", 5);
            }

            inner.Truncate(length);
        }

        public void Dispose() => inner.Dispose();
    }
}
