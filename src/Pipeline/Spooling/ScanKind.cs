namespace OpencodeOtel.Pipeline.Spooling;

/// <summary>What stands at a place of a segment.</summary>
internal enum ScanKind
{
    /// <summary>A frame; its header is whole, and its payload is all there.</summary>
    Frame,

    /// <summary>A frame whose header is whole, and whose payload the file ends in.</summary>
    CutShort,

    /// <summary>Bytes that no frame can be read from.</summary>
    Unreadable,

    /// <summary>Nothing more.</summary>
    End,
}
