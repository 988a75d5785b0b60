namespace OpencodeOtel.Pipeline.Spooling;

/// <summary>A place in a log: the number of a segment, and an offset in it.</summary>
internal readonly record struct SpoolPosition(int Segment, long Offset) : IComparable<SpoolPosition>
{
    public static bool operator <(SpoolPosition left, SpoolPosition right) => left.CompareTo(right) < 0;

    public static bool operator >(SpoolPosition left, SpoolPosition right) => left.CompareTo(right) > 0;

    public static bool operator <=(SpoolPosition left, SpoolPosition right) => left.CompareTo(right) <= 0;

    public static bool operator >=(SpoolPosition left, SpoolPosition right) => left.CompareTo(right) >= 0;

    /// <inheritdoc/>
    public int CompareTo(SpoolPosition other) =>
        Segment != other.Segment ? Segment.CompareTo(other.Segment) : Offset.CompareTo(other.Offset);
}
