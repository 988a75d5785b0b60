namespace OpencodeOtel.Pipeline.Receiving.Reading;

/// <summary>What the JSON value is that a <see cref="JsonScanner"/> stands on.</summary>
internal enum JsonKind : byte
{
    /// <summary><c>null</c>, or no value at all.</summary>
    Null,

    /// <summary><c>true</c>.</summary>
    True,

    /// <summary><c>false</c>.</summary>
    False,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A string.</summary>
    String,

    /// <summary>An object, of which the members follow.</summary>
    Object,

    /// <summary>A list, of which the elements follow.</summary>
    Array,
}
