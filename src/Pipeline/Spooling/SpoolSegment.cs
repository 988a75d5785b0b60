namespace OpencodeOtel.Pipeline.Spooling;

/// <summary>A segment of a log that this process owns.</summary>
internal sealed class SpoolSegment(int number, string path)
{
    private readonly Dictionary<SpoolLane, long> _lastFrames = [];
    private readonly HashSet<long> _damagedAt = [];

    /// <summary>Gets its number.</summary>
    public int Number { get; } = number;

    /// <summary>Gets its file.</summary>
    public string Path { get; } = path;

    /// <summary>Gets or sets how many bytes are on disk and may be read.</summary>
    public long Length { get; set; }

    /// <summary>Gets the lanes that have frames in it, each with the offset of its last one.</summary>
    public IReadOnlyDictionary<SpoolLane, long> LastFrames => _lastFrames;

    /// <summary>Notes a frame.</summary>
    public void Add(SpoolLane lane, long offset) => _lastFrames[lane] = offset;

    /// <summary>Notes damage, which several readers may come upon.</summary>
    /// <returns>Whether it is news.</returns>
    public bool AddDamage(long offset) => _damagedAt.Add(offset);

    /// <summary>Opens it for reading.</summary>
    public SegmentScanner Scan(uint salt, long start = 0) => SegmentScanner.Open(Path, salt, start, Length);
}
