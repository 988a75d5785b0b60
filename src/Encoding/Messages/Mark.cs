namespace OpencodeOtel.Otlp.Messages;

/// <summary>Where an open message or list begins, so that it can be closed.</summary>
/// <param name="Content">The position of the first byte after the opening.</param>
/// <param name="Width">The bytes kept free before it for a length; 0 in JSON.</param>
internal readonly record struct Mark(long Content, int Width);
