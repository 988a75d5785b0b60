using System.Text;
using OpencodeOtel.Pipeline.Configuration;

namespace OpencodeOtel.Pipeline.Attaching;

/// <summary>Where an opencode server is, and how to be let in.</summary>
public sealed class ServerAddress
{
    /// <summary>The user of a server that names none.</summary>
    public const string DefaultUser = "opencode";

    private ServerAddress(Uri address, Secret? authorization)
    {
        Address = address;
        Authorization = authorization;
    }

    /// <summary>Gets the base address, without user info, query and fragment; the path ends with a slash.</summary>
    public Uri Address { get; }

    /// <summary>Gets the value of the <c>Authorization</c> header; <see langword="null"/> for none.</summary>
    public Secret? Authorization { get; }

    /// <summary>Reads an address.</summary>
    /// <param name="text">An http or https URL, or a host and its port alone. User info in it is taken before the other two.</param>
    /// <param name="user">The user name; <c>opencode</c> if there is none.</param>
    /// <param name="password">The password; <see langword="null"/> or empty for a server without.</param>
    /// <exception cref="ConfigurationException">It is no such URL; the message shows no user info.</exception>
    public static ServerAddress Parse(string text, string? user = null, Secret? password = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!Uri.TryCreate(Whole(text), UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("http" or "https") || uri.Host.Length == 0)
        {
            throw new ConfigurationException(
                $"URL is '{ShownText.OfAddress(text)}'; it must be the http or https address of an opencode server, such as http://127.0.0.1:4096.");
        }

        return new ServerAddress(Base(uri), Credentials(uri, user, password?.Reveal()));
    }

    /// <summary>The address, which holds no secret.</summary>
    public override string ToString() => ShownText.OfAddress(Address).TrimEnd('/');

    // A word alone stays what it is: more often a mistake than a host.
    private static string Whole(string text) =>
        !text.Contains("://", StringComparison.Ordinal)
        && Uri.TryCreate($"http://{text}", UriKind.Absolute, out Uri? uri) && uri is { IsDefaultPort: false, AbsolutePath: "/" }
            ? $"http://{text}"
            : text;

    private static Uri Base(Uri uri) => new UriBuilder(uri)
    {
        UserName = string.Empty,
        Password = string.Empty,
        Query = string.Empty,
        Fragment = string.Empty,
        Path = uri.AbsolutePath.TrimEnd('/') + "/",
    }.Uri;

    private static Secret? Credentials(Uri uri, string? user, string? password)
    {
        string[] parts = uri.UserInfo.Split(':', 2);
        if (uri.UserInfo.Length > 0)
        {
            user = Uri.UnescapeDataString(parts[0]);
            password = parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : password;
        }

        if (string.IsNullOrEmpty(password))
        {
            return null;
        }

        user = string.IsNullOrEmpty(user) ? DefaultUser : user;
        return new Secret("Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));
    }
}
