namespace OpencodeOtel.Pipeline.Enriching.Shell;

/// <summary>Follows the words of one simple command and knows in the end whether it was a <c>git commit</c>.</summary>
internal struct SimpleCommand
{
    private CommandPosition _position;
    private bool _skipsNext;
    private bool _isNoCommit;
    private bool _isPastOptions;
    private byte _wrapper;

    /// <summary>Takes the next word, as it is written.</summary>
    public void Take(ReadOnlySpan<byte> word)
    {
        if (_skipsNext)
        {
            _skipsNext = false;
            return;
        }

        switch (_position)
        {
            case CommandPosition.Wrapper when word.StartsWith("-"u8):
                TakeWrapperOption(word);
                break;
            case CommandPosition.Command or CommandPosition.Wrapper:
                TakeName(word);
                break;
            case CommandPosition.Git:
                TakeGitWord(word);
                break;
            case CommandPosition.Commit:
                TakeCommitWord(word);
                break;
        }
    }

    /// <summary>Ends the command; <see langword="true"/> if it commits.</summary>
    public bool Finish()
    {
        bool commits = _position == CommandPosition.Commit && !_isNoCommit;
        this = default;
        return commits;
    }

    private void TakeName(ReadOnlySpan<byte> word)
    {
        if (word.SequenceEqual("git"u8) || word.EndsWith("/git"u8))
        {
            _position = CommandPosition.Git;
        }
        else if (IsAny(word, "sudo env time command nohup"u8))
        {
            _position = CommandPosition.Wrapper;
            _wrapper = word[0];
        }
        else if (!IsAssignment(word) && !IsAny(word, "{ ! if then elif else while until do"u8))
        {
            _position = CommandPosition.Argument;
        }
    }

    private void TakeWrapperOption(ReadOnlySpan<byte> word)
    {
        if (_wrapper == 'c' && IsAny(word, "-v -V"u8))
        {
            // `command -v git` asks where git is.
            _position = CommandPosition.Argument;
        }

        _skipsNext = IsAny(word, _wrapper switch
        {
            (byte)'s' => "-u -g -h -p -C -D -r -t -T -U -R --user --group --host --prompt --chdir --chroot --role --type"u8,
            (byte)'e' => "-u -C -S --unset --chdir --split-string"u8,
            (byte)'t' => "-f -o --format --output"u8,
            _ => default,
        });
    }

    private void TakeGitWord(ReadOnlySpan<byte> word)
    {
        if (IsAny(word, "-h --help -v --version"u8))
        {
            _position = CommandPosition.Argument;
        }
        else if (word.StartsWith("-"u8))
        {
            _skipsNext = IsAny(word, "-C -c --git-dir --work-tree --namespace --super-prefix --config-env --attr-source"u8);
        }
        else
        {
            _position = word.SequenceEqual("commit"u8) ? CommandPosition.Commit : CommandPosition.Argument;
        }
    }

    private void TakeCommitWord(ReadOnlySpan<byte> word)
    {
        if (_isPastOptions)
        {
            return;
        }

        if (IsAny(word, "-h --help --dry-run --short --porcelain --long"u8))
        {
            // The last three imply a dry run.
            _isNoCommit = true;
        }
        else if (word.SequenceEqual("--"u8))
        {
            _isPastOptions = true;
        }
        else if (word.StartsWith("--"u8))
        {
            _skipsNext = IsAny(word, "--message --file --author --date --template --reuse-message --reedit-message --fixup --squash --cleanup --trailer --pathspec-from-file"u8);
        }
        else if (word.Length > 1 && word[0] == '-')
        {
            // Of letters taken together the last may want a value: `-am "text"`; a value behind its letter is in the word.
            int first = word.IndexOfAny("mFCct"u8);
            _skipsNext = first == word.Length - 1;
        }
    }

    private static bool IsAssignment(ReadOnlySpan<byte> word)
    {
        int equals = word.IndexOf((byte)'=');
        if (equals < 1 || char.IsAsciiDigit((char)word[0]))
        {
            return false;
        }

        foreach (byte letter in word[..(word[equals - 1] == '+' ? equals - 1 : equals)])
        {
            if (letter != '_' && !char.IsAsciiLetterOrDigit((char)letter))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsAny(ReadOnlySpan<byte> word, ReadOnlySpan<byte> words)
    {
        foreach (Range range in words.Split((byte)' '))
        {
            if (word.SequenceEqual(words[range]))
            {
                return true;
            }
        }

        return false;
    }
}
