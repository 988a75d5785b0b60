using System.Buffers;

namespace OpencodeOtel.Pipeline.Configuration;

/// <summary>What a header of an export may be, wherever it comes from.</summary>
internal static class HeaderRules
{
    // RFC 9110, section 5.6.2; and what gRPC allows of it.
    private static readonly SearchValues<char> Token = SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
    private static readonly SearchValues<char> MetadataKey = SearchValues.Create("-._0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    // What the transports write themselves; a second one would break the message.
    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        "connection", "content-encoding", "content-length", "content-type", "expect", "host", "keep-alive", "proxy-connection",
        "te", "trailer", "transfer-encoding", "upgrade", "grpc-encoding", "grpc-accept-encoding", "grpc-timeout",
    };

    /// <summary>Whether a text can be a header's name.</summary>
    /// <param name="text">The text.</param>
    /// <param name="grpc">Whether the header becomes gRPC metadata.</param>
    public static bool IsName(string text, bool grpc) => text.Length > 0 && !text.AsSpan().ContainsAnyExcept(grpc ? MetadataKey : Token);

    /// <summary>Whether a text can be a header's value: printable ASCII.</summary>
    public static bool IsValue(string text) => !text.AsSpan().ContainsAnyExceptInRange(' ', '~');

    /// <summary>Whether the exporter sets the header itself.</summary>
    public static bool IsReserved(string name) => Reserved.Contains(name);

    /// <summary>What a name that is none is not allowed as.</summary>
    /// <param name="grpc">Whether the header becomes gRPC metadata.</param>
    public static string KindOf(bool grpc) => grpc ? "gRPC metadata" : "an HTTP header";
}
