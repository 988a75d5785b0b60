using OpencodeOtel.Otlp.Model;

namespace OpencodeOtel.Pipeline.Aggregating;

/// <summary>One attribute set of an instrument and what was measured for it: a row of a <see cref="SeriesTable{TState}"/>.</summary>
/// <typeparam name="TState">What is aggregated.</typeparam>
internal struct Series<TState>
    where TState : struct
{
    /// <summary>The attributes; <see langword="null"/> in a free row.</summary>
    public AttributeSet? Attributes;

    /// <summary>The time of the first measurement, in Unix nanoseconds: the start of cumulative points; 0 while it is not known.</summary>
    public ulong Start;

    /// <summary>What was measured; the default value in a new series.</summary>
    public TState State;

    /// <summary>The session that the series lives as long as; <see langword="null"/> for none.</summary>
    public MeasuredSession? Session;

    /// <summary>The exemplars; <see langword="null"/> before the first.</summary>
    public ExemplarReservoir? Exemplars;

    /// <summary>The hash of the attributes.</summary>
    public uint Hash;

    /// <summary>The next row with the same bucket, or of the free list; -1 at the end.</summary>
    public int Next;

    /// <summary>Whether there was a measurement since the last collection.</summary>
    public bool Measured;

    /// <summary>Whether it takes the measurements beyond the limit, whose own attributes its points lack.</summary>
    public bool IsOverflow;

    /// <summary>Gets the start of a cumulative point of a collection, fixed from its first point on.</summary>
    /// <remarks>
    /// An event may carry a time at or after the collection's. No point may start at its own time or later, so the start of
    /// a series that was not reported yet is brought before it. A start that is not known is that of the first collection's range:
    /// later ones cannot be unknown.
    /// </remarks>
    public ulong CumulativeStart(in CollectionWindow window)
    {
        if (Start == 0)
        {
            Start = window.Start;
        }

        if (Start >= window.Time)
        {
            Start = window.Time - 1;
        }

        return Start;
    }
}
