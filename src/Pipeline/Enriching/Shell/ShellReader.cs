namespace OpencodeOtel.Pipeline.Enriching.Shell;

/// <summary>Splits a POSIX shell command line into tokens, without running or expanding anything.</summary>
/// <remarks>
/// Quoted text, comments, redirections, here-documents, arithmetic, tests in double brackets and the elements of arrays are passed
/// over: nothing in them is a token. A substitution outside of double quotes is opened after the word that it begins or goes on with,
/// which is handed out up to the substitution's first letter; the rest of that word is no further one. Substitutions inside of double
/// quotes are part of the word. Any text is survived: what is not closed ends with the text.
/// </remarks>
/// <param name="text">The command line, UTF-8.</param>
/// <param name="documents">Room for the here-documents of one line; further ones are read as commands.</param>
internal ref struct ShellReader(ReadOnlySpan<byte> text, Span<HereDocument> documents)
{
    private const int DepthLimit = 16;

    // Each looks for its end first, so that many in a row that have none must not cost the square of the text.
    private const int ArithmeticLimit = 64;

    private readonly ReadOnlySpan<byte> _text = text;
    private readonly Span<HereDocument> _documents = documents;
    private int _documentCount;
    private int _at;
    private int _depth;
    private bool _isInBackticks;
    private bool _isInWord;
    private bool _hasUnclosedTest;
    private int _arithmeticTries;

    // One bit for each that is open, the innermost lowest: whether it is a substitution, not a subshell.
    private ulong _substitutions;

    /// <summary>Gets the last word as it is written, up to the first substitution in it.</summary>
    public ReadOnlySpan<byte> Word { get; private set; }

    private readonly byte Current => _at < _text.Length ? _text[_at] : (byte)0;

    private readonly byte Following => _at + 1 < _text.Length ? _text[_at + 1] : (byte)0;

    /// <summary>Reads the next token.</summary>
    public ShellToken Next()
    {
        while (true)
        {
            _isInWord &= !SkipBlanks();
            if (_at >= _text.Length)
            {
                return ShellToken.End;
            }

            if (IsAtSubstitution())
            {
                return _isInWord ? OpenSubstitution() : TakeWord(_at);
            }

            bool isInWord = _isInWord;
            _isInWord = false;
            switch (Current)
            {
                case (byte)'\n':
                    _at++;
                    SkipDocuments();
                    return ShellToken.Separator;
                case (byte)'&' when Following == '>':
                    _at++;
                    break;
                case (byte)';' or (byte)'|' or (byte)'&':
                    SkipAny(";|&"u8);
                    return ShellToken.Separator;
                case (byte)'(' when Following == ')':
                    // The head of a function: its body follows.
                    _at += 2;
                    return ShellToken.Separator;
                case (byte)'(' when Following == '(' && TrySkipArithmeticCommand():
                    break;
                case (byte)'(':
                    return Open(isSubstitution: false);
                case (byte)')':
                    return Close();
                case (byte)'`':
                    _isInBackticks = false;
                    return Close();
                case (byte)'#' when !isInWord:
                    int line = _text[_at..].IndexOf((byte)'\n');
                    _at = line < 0 ? _text.Length : _at + line;
                    break;
                case (byte)'<' or (byte)'>':
                    SkipRedirection();
                    break;
                default:
                    int start = _at;
                    SkipWord();
                    ShellToken token = TakeWord(start);
                    if (!isInWord && !IsDescriptor())
                    {
                        SkipWhatIsNoCommand();
                        return token;
                    }

                    break;
            }
        }
    }

    private ShellToken Open(bool isSubstitution)
    {
        _at++;
        _isInWord = false;
        _substitutions = (_substitutions << 1) | (isSubstitution ? 1UL : 0);
        return ShellToken.Open;
    }

    private ShellToken OpenSubstitution()
    {
        _isInBackticks |= Current == '`';
        _at += Current == '`' ? 0 : 1;
        return Open(isSubstitution: true);
    }

    private ShellToken Close()
    {
        _at++;
        _isInWord = (_substitutions & 1) != 0;
        _substitutions >>= 1;
        return ShellToken.Close;
    }

    // The first letter of a substitution that follows stands for what nobody knows: `-m$(date)` is not `-m`.
    private ShellToken TakeWord(int start)
    {
        _isInWord = IsAtSubstitution();
        Word = _text[start..(_isInWord ? _at + 1 : _at)];
        return ShellToken.Word;
    }

    private readonly bool IsAtSubstitution() => Current switch
    {
        (byte)'`' => !_isInBackticks,
        (byte)'$' => Following == '(' && !IsArithmetic(),
        (byte)'<' or (byte)'>' => Following == '(',
        _ => false,
    };

    private readonly bool IsArithmetic() => _text[_at..].StartsWith("$(("u8);

    // Whether there was a blank: a line that goes on is none.
    private bool SkipBlanks()
    {
        bool isBlank = false;
        while (true)
        {
            if (Current is (byte)' ' or (byte)'\t' or (byte)'\r')
            {
                _at++;
                isBlank = true;
            }
            else if (Current == '\\' && Following == '\n')
            {
                _at += 2;
            }
            else
            {
                return isBlank;
            }
        }
    }

    private void SkipAny(ReadOnlySpan<byte> letters)
    {
        while (_at < _text.Length && letters.Contains(Current))
        {
            _at++;
        }
    }

    private void SkipRedirection()
    {
        bool isDocument = _text[_at..].StartsWith("<<"u8) && !_text[_at..].StartsWith("<<<"u8);
        bool isIndented = isDocument && _text[_at..].StartsWith("<<-"u8);
        if (isDocument)
        {
            _at += isIndented ? 3 : 2;
        }
        else
        {
            SkipAny("<>&|"u8);
        }

        SkipBlanks();
        int start = _at;
        SkipWord();
        _isInWord = IsAtSubstitution();
        if (isDocument && _documentCount < _documents.Length)
        {
            _documents[_documentCount++] = new HereDocument(start, _at - start, isIndented);
        }
    }

    // `<<` in `$((1 << 2))` is no here-document.
    private void SkipArithmetic()
    {
        int open = 0;
        do
        {
            open += Current == '(' ? 1 : Current == ')' ? -1 : 0;
            _at++;
        }
        while (_at < _text.Length && (open > 0 || _text[_at - 1] == '$'));
    }

    // `((x = 1 << 2))`; but in `((a); b)` there is a subshell in a subshell.
    private bool TrySkipArithmeticCommand()
    {
        int open = 0;
        int innerEnd = 0;
        for (int at = _arithmeticTries++ < ArithmeticLimit ? _at : _text.Length; at < _text.Length; at++)
        {
            open += _text[at] == '(' ? 1 : _text[at] == ')' ? -1 : 0;
            if (open == 0)
            {
                bool isArithmetic = innerEnd == at - 1;
                _at = isArithmetic ? at + 1 : _at;
                return isArithmetic;
            }

            innerEnd = open == 1 && _text[at] == ')' ? at : innerEnd;
        }

        return false;
    }

    // In `2>file` the number is no word.
    private readonly bool IsDescriptor() => Current is (byte)'<' or (byte)'>' && !Word.ContainsAnyExceptInRange((byte)'0', (byte)'9');

    // Behind the last word: the elements of `a=(x y)`, and what `[[ … ]]` compares.
    private void SkipWhatIsNoCommand()
    {
        if (Current == '(' && Word.EndsWith("="u8) && _depth < DepthLimit)
        {
            SkipToClose(1);
        }
        else if (_depth == 0 && Word.SequenceEqual("[["u8) && !_hasUnclosedTest)
        {
            SkipTest();
        }
    }

    private void SkipTest()
    {
        int start = _at;
        ReadOnlySpan<byte> word = default;
        while (_at < _text.Length && !word.SequenceEqual("]]"u8))
        {
            int from = _at;
            SkipWord();
            word = _text[from.._at];
            _at += word.IsEmpty ? 1 : 0;
        }

        if (!word.SequenceEqual("]]"u8))
        {
            _hasUnclosedTest = true;
            _at = start;
        }
    }

    private void SkipWord()
    {
        while (_at < _text.Length && !IsEndOfWord())
        {
            switch (Current)
            {
                case (byte)'\\' when Following == '\n' && EndsAfterContinuation():
                    return;
                case (byte)'\\':
                    _at = Math.Min(_at + 2, _text.Length);
                    break;
                case (byte)'\'':
                    SkipTo((byte)'\'', hasEscapes: false);
                    break;
                case (byte)'$' when Following == '\'':
                    _at++;
                    SkipTo((byte)'\'', hasEscapes: true);
                    break;
                case (byte)'$' when Following == '{':
                    SkipTo((byte)'}', hasEscapes: true);
                    break;
                case (byte)'$' when IsArithmetic():
                    SkipArithmetic();
                    break;
                case (byte)'"':
                    SkipDoubleQuoted();
                    break;
                default:
                    _at++;
                    break;
            }
        }
    }

    private readonly bool IsEndOfWord() => " \t\r\n;|&()<>`"u8.Contains(Current) || IsAtSubstitution();

    private readonly bool EndsAfterContinuation()
    {
        ReadOnlySpan<byte> rest = _text[_at..];
        while (rest.StartsWith("\\\n"u8))
        {
            rest = rest[2..];
        }

        return rest.IsEmpty || " \t\r\n;|&()<>"u8.Contains(rest[0]);
    }

    private void SkipTo(byte end, bool hasEscapes)
    {
        for (_at++; _at < _text.Length && Current != end; _at++)
        {
            if (hasEscapes && Current == '\\')
            {
                _at++;
            }
        }

        _at = Math.Min(_at + 1, _text.Length);
    }

    private void SkipDoubleQuoted()
    {
        _at++;
        while (_at < _text.Length && Current != '"')
        {
            if (Current == '\\')
            {
                _at++;
            }
            else if (Current == '`')
            {
                SkipTo((byte)'`', hasEscapes: true);
                continue;
            }
            else if (IsArithmetic())
            {
                SkipArithmetic();
                continue;
            }
            else if (Current == '$' && Following == '(' && _depth < DepthLimit)
            {
                SkipToClose(2);
                continue;
            }

            _at++;
        }

        _at = Math.Min(_at + 1, _text.Length);
    }

    // A substitution in double quotes has quotes and here-documents of its own: `-m "$(cat <<'EOF' …`.
    private void SkipToClose(int opening)
    {
        ReadOnlySpan<byte> word = Word;
        (bool wasInBackticks, bool wasInWord, ulong substitutions) = (_isInBackticks, _isInWord, _substitutions);
        _isInBackticks = false;
        _depth++;
        _at += opening;
        int open = 1;
        while (open > 0)
        {
            switch (Next())
            {
                case ShellToken.Open:
                    open++;
                    break;
                case ShellToken.Close:
                    open--;
                    break;
                case ShellToken.End:
                    open = 0;
                    break;
            }
        }

        _depth--;
        _isInBackticks = wasInBackticks;
        _isInWord = wasInWord;
        _substitutions = substitutions;
        Word = word;
    }

    private void SkipDocuments()
    {
        for (int at = 0; at < _documentCount; at++)
        {
            HereDocument document = _documents[at];
            ReadOnlySpan<byte> delimiter = _text.Slice(document.Start, document.Length);
            bool isClosed = false;
            while (_at < _text.Length && !isClosed)
            {
                ReadOnlySpan<byte> rest = _text[_at..];
                int end = rest.IndexOf((byte)'\n');
                ReadOnlySpan<byte> line = end < 0 ? rest : rest[..end];
                _at += end < 0 ? rest.Length : end + 1;
                isClosed = IsDelimiter(document.IsIndented ? line.TrimStart((byte)'\t') : line, delimiter);
            }
        }

        _documentCount = 0;
    }

    private static bool IsDelimiter(ReadOnlySpan<byte> line, ReadOnlySpan<byte> delimiter)
    {
        line = line.TrimEnd((byte)'\r');
        foreach (byte letter in delimiter)
        {
            if (letter is (byte)'\'' or (byte)'"' or (byte)'\\')
            {
                continue;
            }

            if (line.IsEmpty || line[0] != letter)
            {
                return false;
            }

            line = line[1..];
        }

        return line.IsEmpty;
    }
}
