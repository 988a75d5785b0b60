namespace OpencodeOtel.Otlp.Messages;

/// <summary>The encoder of a message that requests hold many of: spans, log records, points.</summary>
internal interface IItemEncoder<TItem>
    where TItem : struct
{
    /// <summary>Writes <paramref name="item"/> as an item of the list that holds such messages.</summary>
    static abstract void Write<TWriter>(ref TWriter writer, in TItem item)
        where TWriter : struct, IOtlpWriter, allows ref struct;
}
