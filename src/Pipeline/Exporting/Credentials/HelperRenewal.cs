namespace OpencodeOtel.Pipeline.Exporting.Credentials;

/// <summary>What came of asking for other headers.</summary>
/// <param name="IsRenewed">Whether there are others than those that were refused.</param>
/// <param name="Failure">Why there are none, if the helper failed; <see langword="null"/> when it had just given those that were refused.</param>
/// <param name="RetryDelay">How long the helper is left alone after a failure.</param>
internal readonly record struct HelperRenewal(bool IsRenewed, string? Failure = null, TimeSpan? RetryDelay = null);
