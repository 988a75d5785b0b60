namespace OpencodeOtel.Pipeline.Enriching.Shell;

/// <summary>What a shell command line is made of, as far as it tells where commands begin.</summary>
internal enum ShellToken
{
    /// <summary>The end of the text.</summary>
    End,

    /// <summary>A word, also one with quoted parts; of one with a substitution what is before that, and its first letter.</summary>
    Word,

    /// <summary>The end of a simple command: an operator or a line break.</summary>
    Separator,

    /// <summary>The start of a subshell or a substitution.</summary>
    Open,

    /// <summary>Its end.</summary>
    Close,
}
