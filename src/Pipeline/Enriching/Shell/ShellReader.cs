namespace OpencodeOtel.Pipeline.Enriching.Shell;

/// <summary>Splits a POSIX shell command line into tokens, without running or expanding anything.</summary>
/// <remarks>
/// Quoted text, comments, redirections and here-documents are passed over: nothing in them is a token. Substitutions outside of
/// double quotes are opened, those inside are part of the word. Any text is survived: what is not closed ends with the text.
/// </remarks>
/// <param name="text">The command line, UTF-8.</param>
/// <param name="documents">Room for the here-documents of one line; further ones are read as commands.</param>
internal ref struct ShellReader(ReadOnlySpan<byte> text, Span<HereDocument> documents)
{
    private const int DepthLimit = 16;

    private readonly ReadOnlySpan<byte> _text = text;
    private readonly Span<HereDocument> _documents = documents;
    private int _documentCount;
    private int _at;
    private int _depth;
    private bool _isInBackticks;

    /// <summary>Gets the last word as it is written.</summary>
    public ReadOnlySpan<byte> Word { get; private set; }

    private readonly byte Current => _at < _text.Length ? _text[_at] : (byte)0;

    private readonly byte Following => _at + 1 < _text.Length ? _text[_at + 1] : (byte)0;

    /// <summary>Reads the next token.</summary>
    public ShellToken Next()
    {
        while (true)
        {
            SkipBlanks();
            if (_at >= _text.Length)
            {
                return ShellToken.End;
            }

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
                case (byte)'(':
                    return Take(ShellToken.Open);
                case (byte)')':
                    return Take(ShellToken.Close);
                case (byte)'`':
                    _isInBackticks = !_isInBackticks;
                    return Take(_isInBackticks ? ShellToken.Open : ShellToken.Close);
                case (byte)'$' when _text[_at..].StartsWith("$(("u8):
                    SkipArithmetic();
                    break;
                case (byte)'$' when Following == '(':
                case (byte)'<' or (byte)'>' when Following == '(':
                    _at++;
                    return Take(ShellToken.Open);
                case (byte)'#':
                    int line = _text[_at..].IndexOf((byte)'\n');
                    _at = line < 0 ? _text.Length : _at + line;
                    break;
                case (byte)'<' or (byte)'>':
                    SkipRedirection();
                    break;
                default:
                    ReadWord();
                    if (!IsDescriptor())
                    {
                        return ShellToken.Word;
                    }

                    break;
            }
        }
    }

    private ShellToken Take(ShellToken token)
    {
        _at++;
        return token;
    }

    private void SkipBlanks()
    {
        while (Current is (byte)' ' or (byte)'\t' or (byte)'\r' || (Current == '\\' && Following == '\n'))
        {
            _at += Current == '\\' ? 2 : 1;
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
        ReadWord();
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

    // In `2>file` the number is no word.
    private readonly bool IsDescriptor() => Current is (byte)'<' or (byte)'>' && !Word.ContainsAnyExceptInRange((byte)'0', (byte)'9');

    private void ReadWord()
    {
        int start = _at;
        while (_at < _text.Length && !IsEndOfWord())
        {
            switch (Current)
            {
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
                case (byte)'"':
                    SkipDoubleQuoted();
                    break;
                default:
                    _at++;
                    break;
            }
        }

        Word = _text[start.._at];
    }

    private readonly bool IsEndOfWord() =>
        " \t\r\n;|&()<>`"u8.Contains(Current) || (Current == '$' && Following == '(');

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
            else if (Current == '$' && Following == '(' && _depth < DepthLimit)
            {
                SkipSubstitution();
                continue;
            }

            _at++;
        }

        _at = Math.Min(_at + 1, _text.Length);
    }

    // A substitution in double quotes has quotes and here-documents of its own: `-m "$(cat <<'EOF' …`.
    private void SkipSubstitution()
    {
        bool wasInBackticks = _isInBackticks;
        _isInBackticks = false;
        _depth++;
        _at += 2;
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
