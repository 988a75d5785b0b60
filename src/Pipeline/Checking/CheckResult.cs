namespace OpencodeOtel.Pipeline.Checking;

/// <summary>One check of a configuration, to be shown to a person. No part holds a secret.</summary>
/// <param name="Check">What was checked, in a word or three: the same for the same kind of check.</param>
/// <param name="Target">What it was checked of: an address, a directory, a program.</param>
/// <param name="Status">What came of it.</param>
/// <param name="Detail">What was found, or why it was skipped; one line.</param>
/// <param name="Hint">What to try; only with a failure, and <see langword="null"/> when there is nothing to suggest.</param>
public sealed record CheckResult(string Check, string Target, CheckStatus Status, string Detail, string? Hint = null);
