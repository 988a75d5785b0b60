namespace OpencodeOtel.Otlp.Model;

/// <summary>Which member of a number's <c>value</c> oneof is set.</summary>
public enum NumberKind : byte
{
    /// <summary>None.</summary>
    None,

    /// <summary><c>as_int</c>.</summary>
    Int,

    /// <summary><c>as_double</c>.</summary>
    Double,
}
