namespace OpencodeOtel.Pipeline.Attaching;

/// <summary>Which servers to follow, and how.</summary>
public sealed record AttachOptions
{
    /// <summary>Gets the servers.</summary>
    public required IReadOnlyList<ServerAddress> Servers { get; init; }

    /// <summary>Gets the directory to follow; <see langword="null"/> for all directories of a server.</summary>
    public string? Directory { get; init; }

    /// <summary>Gets a value indicating whether to end when all sessions are idle, instead of following for ever.</summary>
    public bool UntilIdle { get; init; }

    /// <summary>Gets how long a server may take to answer a request. One that is starting may never answer.</summary>
    /// <value>10 s by default.</value>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Gets how long a connection may be silent before it counts as dead. opencode sends a heartbeat every 10 s.</summary>
    /// <value>30 s by default.</value>
    public TimeSpan SilenceTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets how long all sessions must have been idle, for <see cref="UntilIdle"/>.</summary>
    /// <value>2 s by default.</value>
    public TimeSpan IdleTime { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Gets how long to wait, for <see cref="UntilIdle"/>, for the first session to work, and for a server that is out of reach.</summary>
    /// <value>30 s by default.</value>
    public TimeSpan FirstWorkTime { get; init; } = TimeSpan.FromSeconds(30);
}
