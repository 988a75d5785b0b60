namespace OpencodeOtel.Pipeline.Spooling;

/// <summary>A segment of a log that this process owns.</summary>
internal sealed class SpoolSegment(int number, string path)
{
    private readonly Dictionary<SpoolLane, long> _lastFrames = [];
    private readonly HashSet<long> _damagedAt = [];
    private readonly HashSet<long> _ofEarlierAt = [];

    /// <summary>Gets its number.</summary>
    public int Number { get; } = number;

    /// <summary>Gets its file.</summary>
    public string Path { get; } = path;

    /// <summary>Gets or sets how many bytes are on disk and may be read.</summary>
    public long Length { get; set; }

    /// <summary>Gets the lanes that have frames in it, each with the offset of its last one.</summary>
    public IReadOnlyDictionary<SpoolLane, long> LastFrames => _lastFrames;

    /// <summary>Gets or sets a value indicating whether the file goes on behind <see cref="Length"/>, with what was never acknowledged.</summary>
    public bool HasSurplus { get; set; }

    /// <summary>Notes a frame.</summary>
    public void Add(SpoolLane lane, long offset, bool isOfEarlier = false)
    {
        _lastFrames[lane] = offset;
        if (isOfEarlier)
        {
            _ofEarlierAt.Add(offset);
        }
    }

    /// <summary>Whether a frame, although this process wrote it, counts in the account of an earlier one.</summary>
    public bool IsOfEarlier(long offset) => _ofEarlierAt.Contains(offset);

    /// <summary>Notes damage, which several readers may come upon.</summary>
    /// <returns>Whether it is news.</returns>
    public bool AddDamage(long offset) => _damagedAt.Add(offset);

    /// <summary>Opens it for reading.</summary>
    public SegmentScanner Scan(uint salt, long start = 0) => SegmentScanner.Open(Path, salt, start, Length);
}
