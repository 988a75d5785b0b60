namespace OpencodeOtel.Pipeline.Diagnostics;

/// <summary>Input that could not be read, for one cause.</summary>
/// <param name="Cause">The cause, in words.</param>
/// <param name="Count">How often.</param>
/// <param name="FirstLine">The number of the first such line, from 1.</param>
public sealed record BadInput(string Cause, long Count, long FirstLine);
