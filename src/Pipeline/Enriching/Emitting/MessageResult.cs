using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Receiving.Events;

namespace OpencodeOtel.Pipeline.Enriching.Emitting;

/// <summary>How an assistant message was completed.</summary>
/// <param name="Tokens">Its tokens.</param>
/// <param name="Cost">Its cost, in US dollars.</param>
/// <param name="Duration">Its length, in milliseconds.</param>
/// <param name="Finish">Why the model stopped.</param>
/// <param name="IsError">Whether it failed.</param>
/// <param name="Error">The text of the error.</param>
internal readonly record struct MessageResult(TokenCounts Tokens, double Cost, long Duration, OtlpString Finish, bool IsError, OtlpString Error);
