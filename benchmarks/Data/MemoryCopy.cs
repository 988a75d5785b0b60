namespace OpencodeOtel.Benchmarks.Data;

/// <summary>The floor of every encoder: the finished bytes, copied.</summary>
internal sealed class MemoryCopy(byte[] finished)
{
    private readonly byte[] _target = new byte[finished.Length];

    /// <summary>Copies the bytes.</summary>
    /// <returns>How many.</returns>
    public int Copy()
    {
        finished.AsSpan().CopyTo(_target);
        return _target.Length;
    }
}
