namespace OpencodeOtel.Pipeline.Spooling;

/// <summary>A piece of a segment.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Offset">Where it begins.</param>
/// <param name="End">Where it ends.</param>
/// <param name="Header">The header of a frame.</param>
internal readonly record struct Scanned(ScanKind Kind, long Offset, long End, FrameHeader Header)
{
    /// <summary>Gets where the payload of a frame begins.</summary>
    public long PayloadOffset => Offset + Header.Length;

    /// <summary>Gets the damage that the piece is.</summary>
    public SpoolDamage Damage => Kind switch
    {
        ScanKind.CutShort => new SpoolDamage(1, Header.Items, 0),
        ScanKind.Unreadable => new SpoolDamage(0, 0, End - Offset),
        _ => default,
    };
}
