namespace OpencodeOtel.Pipeline.Exporting;

/// <summary>Where the console exporter writes.</summary>
/// <param name="Writer">The writer; not disposed by the exporter.</param>
/// <param name="Colour">Whether escape sequences for colour are understood there.</param>
public sealed record ConsoleOutput(TextWriter Writer, bool Colour);
