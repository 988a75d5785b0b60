using OpencodeOtel.Pipeline.Configuration;

namespace OpencodeOtel.Pipeline.Attaching;

/// <summary>Reads what was typed, and the variables that opencode itself uses for its password.</summary>
public sealed class AttachReader
{
    /// <summary>The address of a server that was told nothing else.</summary>
    public const string DefaultAddress = "http://127.0.0.1:4096";

    private const string PasswordVariable = "OPENCODE_SERVER_PASSWORD";
    private const string UserVariable = "OPENCODE_SERVER_USERNAME";

    private readonly Func<string, string?> _variables;

    /// <param name="variables">Looks up an environment variable.</param>
    public AttachReader(Func<string, string?> variables) => _variables = variables;

    /// <summary>Gets the addresses; the default one if there are none.</summary>
    public IReadOnlyList<string> Addresses { get; init; } = [];

    /// <summary>Gets the directory.</summary>
    public string? Directory { get; init; }

    /// <summary>Gets a value indicating whether to end when all is idle.</summary>
    public bool UntilIdle { get; init; }

    /// <summary>Gets the user name.</summary>
    public string? User { get; init; }

    /// <summary>Gets the password, or <c>@FILE</c>, whose first line it is.</summary>
    public string? Password { get; init; }

    /// <summary>Gets the connect timeout, as text.</summary>
    public string? ConnectTimeout { get; init; }

    /// <summary>Gets the silence timeout, as text.</summary>
    public string? SilenceTimeout { get; init; }

    /// <summary>Reads everything.</summary>
    /// <exception cref="ConfigurationException">Something cannot be used.</exception>
    public AttachOptions Read()
    {
        string? user = NotEmpty(User) ?? NotEmpty(_variables(UserVariable));
        Secret? password = ReadPassword() is { } text ? new Secret(text) : null;
        IReadOnlyList<string> addresses = Addresses.Count > 0 ? Addresses : [DefaultAddress];
        var options = new AttachOptions
        {
            Servers = [.. addresses.Select(address => ServerAddress.Parse(address, user, password)).DistinctBy(server => server.Address)],
            Directory = NotEmpty(Directory) is { } directory ? Whole(directory) : null,
            UntilIdle = UntilIdle,
        };
        return options with
        {
            ConnectTimeout = ReadTime("--connect-timeout", ConnectTimeout, options.ConnectTimeout),
            SilenceTimeout = ReadTime("--silence-timeout", SilenceTimeout, options.SilenceTimeout),
        };
    }

    // The server knows nothing of where we stand. A path that is whole may be of another machine, and is left as it is.
    private static string Whole(string directory) =>
        directory.Length > 1 && directory[0] == '/' ? directory.TrimEnd('/')
        : Path.IsPathFullyQualified(directory) ? directory
        : Path.GetFullPath(directory);

    private static string? NotEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static TimeSpan ReadTime(string option, string? text, TimeSpan otherwise)
    {
        if (text is null)
        {
            return otherwise;
        }

        return DurationText.TryParse(new FoundValue([text], option, FromCommandLine: true), least: 1, out TimeSpan value)
            ? value
            : throw new ConfigurationException($"{option} is '{ShownText.Of(text)}'; it must be a time from 1 ms to a day, such as 500ms, 30s or 2m.");
    }

    private string? ReadPassword()
    {
        if (NotEmpty(Password) is not { } typed)
        {
            return NotEmpty(_variables(PasswordVariable));
        }

        if (!typed.StartsWith('@'))
        {
            return typed;
        }

        FoundValue lines = HeaderReader.ReadFiles(new FoundValue([typed], "--server-password", FromCommandLine: true));
        return NotEmpty(lines.Texts.Count > 0 ? lines.Texts[0] : null)
            ?? throw new ConfigurationException("--server-password names a file that is empty; its first line must be the password.");
    }
}
