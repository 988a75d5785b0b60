namespace OpencodeOtel.Pipeline.Aggregating;

/// <summary>What is measured: the definition that measurements refer to and metrics are named by.</summary>
/// <remarks>
/// Best one object an instrument: it is found by reference first, and by its name, without regard to case, when it is new.
/// </remarks>
internal sealed class Instrument
{
    /// <summary>Gets the name as exported: prefix and suffix.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the kind.</summary>
    public required InstrumentKind Kind { get; init; }

    /// <summary>Gets a value indicating whether its values are integers; doubles otherwise.</summary>
    public required bool IsInteger { get; init; }

    /// <summary>Gets the unit, by UCUM.</summary>
    public required string Unit { get; init; }

    /// <summary>Gets the description.</summary>
    public required string Description { get; init; }

    /// <summary>Gets the upper bounds of an explicit histogram, inclusive and rising.</summary>
    /// <value>OpenTelemetry's default bounds by default.</value>
    public double[] Bounds { get; init; } = BucketBounds.Default;
}
