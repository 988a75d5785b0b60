namespace OpencodeOtel.Otlp.Model;

/// <summary>Which member of the <c>AnyValue</c> oneof is set.</summary>
public enum AnyValueKind : byte
{
    /// <summary>None: a null value, written as an <c>AnyValue</c> without a field.</summary>
    Empty,

    /// <summary><c>string_value</c>.</summary>
    String,

    /// <summary><c>bool_value</c>.</summary>
    Bool,

    /// <summary><c>int_value</c>, 64 bits, signed.</summary>
    Int,

    /// <summary><c>double_value</c>.</summary>
    Double,

    /// <summary><c>array_value</c>.</summary>
    Array,

    /// <summary><c>kvlist_value</c>.</summary>
    KeyValueList,

    /// <summary><c>bytes_value</c>.</summary>
    Bytes,
}
