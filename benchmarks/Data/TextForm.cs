namespace OpencodeOtel.Benchmarks.Data;

/// <summary>In which form our records hold their texts before they are encoded.</summary>
internal enum TextForm
{
    /// <summary>Every text is a .NET string, as in the peer's records: each is transcoded each time.</summary>
    Strings,

    /// <summary>Keys, names and severities are UTF-8, one object each, as our own constants are; values are .NET strings.</summary>
    Utf8Keys,

    /// <summary>Every text is UTF-8, as what comes out of an event is.</summary>
    Utf8,
}
