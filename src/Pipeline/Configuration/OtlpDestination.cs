namespace OpencodeOtel.Pipeline.Configuration;

/// <summary>Where one signal goes.</summary>
public sealed record OtlpDestination
{
    /// <summary>Gets the protocol.</summary>
    public required OtlpProtocol Protocol { get; init; }

    /// <summary>Gets the address: for HTTP the whole URL to post to, for gRPC scheme (<c>http</c> or <c>https</c>), host and port.</summary>
    public required Uri Endpoint { get; init; }

    /// <summary>Gets the path of the Unix socket that the server listens on; <see langword="null"/> for TCP.</summary>
    public string? UnixSocket { get; init; }

    /// <summary>Gets the headers of every request, with names that HTTP allows.</summary>
    public IReadOnlyList<KeyValuePair<string, Secret>> Headers { get; init; } = [];

    /// <summary>Gets headers that requests had before: their values are secrets as well.</summary>
    internal IReadOnlyList<KeyValuePair<string, Secret>> FormerHeaders { get; init; } = [];

    /// <summary>Gets how request bodies are compressed.</summary>
    /// <value>Not at all by default.</value>
    public OtlpCompression Compression { get; init; }

    /// <summary>Gets the full path of a PEM file with the authorities that may vouch for the server, instead of the system's.</summary>
    public string? CertificateFile { get; init; }

    /// <summary>Gets the full path of a PEM file with the client's certificate, and the chain above it; set together with <see cref="ClientKeyFile"/>.</summary>
    public string? ClientCertificateFile { get; init; }

    /// <summary>Gets the full path of a PEM file with the client's private key, not encrypted.</summary>
    public string? ClientKeyFile { get; init; }

    /// <summary>Gets how long one export may take.</summary>
    /// <value>10 s by default; <see cref="System.Threading.Timeout.InfiniteTimeSpan"/> for no limit.</value>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Gets the largest answer that is read, in bytes.</summary>
    /// <value>4 MiB by default.</value>
    public int ResponseLimitBytes { get; init; } = 4 * 1024 * 1024;
}
