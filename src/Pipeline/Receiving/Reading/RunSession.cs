namespace OpencodeOtel.Pipeline.Receiving.Reading;

/// <summary>A session of which lines of the run format were read.</summary>
internal sealed class RunSession
{
    /// <summary>Gets its id.</summary>
    public KeptBytes Id { get; } = new();

    /// <summary>Gets or sets the largest timestamp of its lines.</summary>
    public long LatestTime { get; set; }
}
