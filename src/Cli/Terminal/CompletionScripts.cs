namespace OpencodeOtel.Cli.Terminal;

/// <summary>What each shell needs to complete a line: it asks the program, which starts in milliseconds and knows its options.</summary>
internal static class CompletionScripts
{
    private const string Bash = """
        # In ~/.bashrc: eval "$(opencode-otel completions bash)"
        _opencode_otel() {
          local line=${COMP_LINE:0:COMP_POINT} word=${COMP_WORDS[COMP_CWORD]} found
          COMPREPLY=()
          while IFS= read -r found; do
            if [[ $found == "$word"* && ( $word == -* || $found != [-/]* ) ]]; then COMPREPLY+=("$found"); fi
          done < <(opencode-otel "[suggest:${#line}]" "$line" 2>/dev/null)
        }
        complete -o default -F _opencode_otel opencode-otel

        """;

    private const string Zsh = """
        # In ~/.zshrc, after compinit: eval "$(opencode-otel completions zsh)"
        _opencode_otel() {
          local -a found
          found=(${(f)"$(opencode-otel "[suggest:$CURSOR]" "$BUFFER" 2>/dev/null)"})
          [[ $PREFIX == -* ]] || found=(${found:#[-/]*})
          compadd -- $found
          _files
        }
        compdef _opencode_otel opencode-otel

        """;

    private const string Fish = """
        # In ~/.config/fish/config.fish: opencode-otel completions fish | source
        complete --command opencode-otel --arguments '(opencode-otel "[suggest:"(string length -- (commandline --cut-at-cursor))"]" (commandline --cut-at-cursor | string collect) 2>/dev/null)'

        """;

    private const string PowerShell = """
        # In $PROFILE: opencode-otel completions pwsh | Out-String | Invoke-Expression
        Register-ArgumentCompleter -Native -CommandName opencode-otel -ScriptBlock {
          param($word, $line, $position)
          opencode-otel "[suggest:$position]" "$line" 2>$null | Where-Object { $_ -like "$word*" } | ForEach-Object {
            [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
          }
        }

        """;

    /// <summary>Gets the shells that there is a script for.</summary>
    public static IReadOnlyList<string> Shells { get; } = ["bash", "zsh", "fish", "pwsh"];

    /// <summary>The script of one of <see cref="Shells"/>.</summary>
    public static string Of(string shell) => shell switch
    {
        "bash" => Bash,
        "zsh" => Zsh,
        "fish" => Fish,
        "pwsh" => PowerShell,
        _ => throw new ArgumentOutOfRangeException(nameof(shell)),
    };
}
