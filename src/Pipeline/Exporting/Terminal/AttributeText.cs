namespace OpencodeOtel.Pipeline.Exporting.Terminal;

/// <summary>The value of an attribute.</summary>
/// <param name="Text">As text.</param>
/// <param name="Number">As number, if it is one.</param>
internal readonly record struct AttributeText(string Text, double? Number);
