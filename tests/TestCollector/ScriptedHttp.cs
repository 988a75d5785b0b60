namespace OpencodeOtel.TestCollector;

/// <summary>How a POST is answered instead of with success.</summary>
/// <param name="Status">The HTTP status code.</param>
/// <param name="Message">The message of the <c>google.rpc.Status</c> in the body.</param>
public sealed record ScriptedHttp(int Status, string Message = "")
{
    /// <summary>Gets the body to send as it is.</summary>
    /// <value>By default null: a <c>google.rpc.Status</c> in the form that the request had.</value>
    public ReadOnlyMemory<byte>? Body { get; init; }

    /// <summary>Gets the content type of <see cref="Body"/>; null sends none.</summary>
    public string? ContentType { get; init; }

    /// <summary>Gets further headers, such as <c>Retry-After</c>.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();
}
