using OpencodeOtel.Otlp.Answers;
using OpencodeOtel.Otlp.Model;

namespace OpencodeOtel.Otlp;

/// <summary>A server's error: <c>google.rpc.Status</c>, as the body of an HTTP error or in <c>grpc-status-details-bin</c>.</summary>
/// <param name="Code">The status code, as sent; nothing may depend on it.</param>
/// <param name="Message">The message; at most 4,096 characters; <see langword="null"/> when there is none.</param>
/// <param name="RetryDelay">The delay of a <c>google.rpc.RetryInfo</c> detail; <see langword="null"/> when there is none, or it is zero, negative or malformed.</param>
public readonly record struct RpcStatus(int Code, string? Message, TimeSpan? RetryDelay)
{
    /// <summary>Gets a value indicating whether a <c>RetryInfo</c> detail was present, even one without a usable delay.</summary>
    public bool HasRetryInfo { get; init; }

    /// <summary>Reads a status; <see langword="false"/> when the bytes are none.</summary>
    public static bool TryRead(ReadOnlySpan<byte> body, WireForm form, out RpcStatus status) => form == WireForm.Protobuf
        ? StatusReader.TryReadProtobuf(body, out status)
        : StatusReader.TryReadJson(body, out status);
}
