namespace OpencodeOtel.Cli.Ci;

/// <summary>Collects attributes from variables: what is unset or empty is left out.</summary>
/// <param name="variables">Looks up an environment variable.</param>
internal sealed class CiFacts(Func<string, string?> variables)
{
    private const string BranchPrefix = "refs/heads/";
    private const string TagPrefix = "refs/tags/";

    private readonly List<KeyValuePair<string, string>> _attributes = [];

    /// <summary>Gets what was collected.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Attributes => _attributes;

    /// <summary>Gets the text of a variable; <see langword="null"/> when it is unset or empty.</summary>
    public string? this[string variable] => variables(variable) is { } text && !string.IsNullOrWhiteSpace(text) ? text : null;

    /// <summary>Adds an attribute, if there is a value.</summary>
    public void Add(string key, string? value)
    {
        if (value is not null)
        {
            _attributes.Add(new(key, value));
        }
    }

    /// <summary>Adds an address, without user info; what is no address is left out, since it may hold a password.</summary>
    public void AddAddress(string key, string? address) => Add(key, address is null ? null : Clean(address));

    /// <summary>Adds a full reference of git as its name, and as what it is: a branch or a tag.</summary>
    public void AddReference(string nameKey, string? typeKey, string? reference)
    {
        (string? name, string? type) = reference switch
        {
            null => (null, null),
            _ when reference.StartsWith(BranchPrefix, StringComparison.Ordinal) => (reference[BranchPrefix.Length..], "branch"),
            _ when reference.StartsWith(TagPrefix, StringComparison.Ordinal) => (reference[TagPrefix.Length..], "tag"),
            _ => (reference, null),
        };
        Add(nameKey, name);
        if (typeKey is not null)
        {
            Add(typeKey, type);
        }
    }

    /// <summary>An address for people: of git's own forms the web address, without <c>.git</c>.</summary>
    private static string? Clean(string address)
    {
        string text = address.Trim();
        if (!text.Contains("://", StringComparison.Ordinal) && text.Split(':') is [var host, var path] && host.Contains('@', StringComparison.Ordinal))
        {
            text = $"https://{host[(host.LastIndexOf('@') + 1)..]}/{path}"; // git@host:path
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) || uri.Host.Length == 0)
        {
            return null;
        }

        bool isWeb = uri.Scheme is "http" or "https";
        string authority = isWeb ? uri.Authority : uri.Host; // The port of SSH says nothing of the web address.
        string rest = uri.GetComponents(UriComponents.PathAndQuery | UriComponents.Fragment, UriFormat.UriEscaped);
        string clean = $"{(isWeb ? uri.Scheme : "https")}://{authority}{rest}";
        return clean.EndsWith(".git", StringComparison.Ordinal) ? clean[..^4] : clean;
    }
}
