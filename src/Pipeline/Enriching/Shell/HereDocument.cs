namespace OpencodeOtel.Pipeline.Enriching.Shell;

/// <summary>A here-document whose text begins at the next line.</summary>
/// <param name="Start">Where its delimiter begins, as written.</param>
/// <param name="Length">The delimiter's length, quotes included.</param>
/// <param name="IsIndented">Whether tabs before the closing delimiter do not count.</param>
internal readonly record struct HereDocument(int Start, int Length, bool IsIndented);
