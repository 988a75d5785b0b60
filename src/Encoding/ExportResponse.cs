using OpencodeOtel.Otlp.Answers;
using OpencodeOtel.Otlp.Model;

namespace OpencodeOtel.Otlp;

/// <summary>A server's answer to a request that it took: <c>Export…ServiceResponse</c>.</summary>
/// <param name="RejectedItems">How many items the server rejected; never negative.</param>
/// <param name="ErrorMessage">What the server says about it, or a warning; at most 4,096 characters; <see langword="null"/> when there is none.</param>
public readonly record struct ExportResponse(long RejectedItems, string? ErrorMessage)
{
    /// <summary>Reads an answer; bytes that are no answer read as full success (OTLP: a 2xx is a success whatever its body holds).</summary>
    public static ExportResponse Read(ReadOnlySpan<byte> body, WireForm form, Signal signal) => form == WireForm.Protobuf
        ? ResponseReader.ReadProtobuf(body, signal)
        : ResponseReader.ReadJson(body, signal);
}
