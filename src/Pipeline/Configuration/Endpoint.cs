namespace OpencodeOtel.Pipeline.Configuration;

/// <summary>Where requests go, as read from a setting.</summary>
/// <param name="Address">The URL to post to, or scheme, host and port for gRPC; without user info.</param>
/// <param name="UnixSocket">The path of a Unix socket.</param>
/// <param name="UserInfo">The decoded <c>user:password</c> of the URL.</param>
internal readonly record struct Endpoint(Uri Address, string? UnixSocket = null, Secret? UserInfo = null);
