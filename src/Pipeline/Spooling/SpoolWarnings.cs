namespace OpencodeOtel.Pipeline.Spooling;

/// <summary>Which warnings were given. Thread-safe.</summary>
internal sealed class SpoolWarnings
{
    private readonly int[] _given = new int[Enum.GetValues<SpoolWarning>().Length];

    /// <summary>Whether this is the first time.</summary>
    public bool First(SpoolWarning warning) => Interlocked.Exchange(ref _given[(int)warning], 1) == 0;
}
