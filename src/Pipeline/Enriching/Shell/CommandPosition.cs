namespace OpencodeOtel.Pipeline.Enriching.Shell;

/// <summary>Where in a simple command the next word stands.</summary>
internal enum CommandPosition
{
    /// <summary>Where the name of a command is expected.</summary>
    Command,

    /// <summary>After a command that runs another one: among its options.</summary>
    Wrapper,

    /// <summary>After <c>git</c>: among its options, before the subcommand.</summary>
    Git,

    /// <summary>After <c>git commit</c>.</summary>
    Commit,

    /// <summary>After the name of any other command.</summary>
    Argument,
}
