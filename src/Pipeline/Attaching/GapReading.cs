namespace OpencodeOtel.Pipeline.Attaching;

/// <summary>What came of closing a gap.</summary>
/// <param name="Sessions">How many sessions were read.</param>
/// <param name="IsClosed">Whether the server answered everything; else it is worth asking again.</param>
internal readonly record struct GapReading(int Sessions, bool IsClosed)
{
    /// <summary>Two readings together.</summary>
    public static GapReading operator +(GapReading left, GapReading right) =>
        new(left.Sessions + right.Sessions, left.IsClosed && right.IsClosed);
}
