namespace OpencodeOtel.Pipeline.Configuration;

/// <summary>A value that no output may show: it prints as <c>***</c>.</summary>
public readonly struct Secret(string value) : IEquatable<Secret>
{
    private readonly string _value = value;

    /// <summary>Compares the values.</summary>
    public static bool operator ==(Secret left, Secret right) => left.Equals(right);

    /// <summary>Compares the values.</summary>
    public static bool operator !=(Secret left, Secret right) => !left.Equals(right);

    /// <summary>The value itself, for the wire and for nothing else.</summary>
    public string Reveal() => _value ?? string.Empty;

    /// <summary>Three stars.</summary>
    public override string ToString() => "***";

    /// <inheritdoc/>
    public bool Equals(Secret other) => string.Equals(_value, other._value, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Secret other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => 0;
}
