namespace OpencodeOtel.Pipeline.Enriching.State;

/// <summary>Something that an <see cref="AgedTable{T}"/> holds: its key and its place in the order of age.</summary>
internal abstract class Aged
{
    /// <summary>Gets or sets the key.</summary>
    public IdHash Hash { get; set; }

    /// <summary>Gets or sets the next older entry.</summary>
    public Aged? Older { get; set; }

    /// <summary>Gets or sets the next newer entry.</summary>
    public Aged? Newer { get; set; }
}
