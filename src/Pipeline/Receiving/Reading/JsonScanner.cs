namespace OpencodeOtel.Pipeline.Receiving.Reading;

/// <summary>Steps through one JSON value, which is valid UTF-8, checking every byte that it passes.</summary>
/// <remarks>
/// <para>
/// Instead of <see cref="System.Text.Json.Utf8JsonReader"/>, which takes 1.4 times as long on opencode's events: they are
/// short strings for the most part, and it keeps count of much that nobody asks for here, and throws at what is not JSON. It
/// accepts what that one accepts with its default options; a test holds the two against each other.
/// Grammar: <see href="https://www.rfc-editor.org/rfc/rfc8259"/>.
/// </para>
/// <para>
/// What is not JSON sets <see cref="HasFailed"/>, for good, and ends every object and list, so that loops over them end.
/// </para>
/// </remarks>
internal ref struct JsonScanner(ReadOnlySpan<byte> text)
{
    /// <summary>How deep objects and lists may be nested.</summary>
    public const int MaxDepth = 512;

    private const int BitsOfList = 64;

    private readonly ReadOnlySpan<byte> _text = text;
    private int _position;
    private int _start;
    private int _end;
    private bool _isFirst;

    /// <summary>Gets the kind of the current value.</summary>
    public JsonKind Kind { get; private set; }

    /// <summary>Gets how many objects and lists are open, the current value among them.</summary>
    public int Depth { get; private set; }

    /// <summary>Gets a value indicating whether the text turned out not to be JSON.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>Gets a value indicating whether it was nested too deep to tell.</summary>
    public bool IsTooDeep { get; private set; }

    /// <summary>Gets a value indicating whether the current string, or name, has escapes.</summary>
    public bool IsEscaped { get; private set; }

    /// <summary>Gets the current string between its quotes, or the current number.</summary>
    public readonly ReadOnlySpan<byte> Value => _text[_start.._end];

    /// <summary>Gets where the current value, an object or a list, begins.</summary>
    public readonly int Start => _start;

    /// <summary>Gets where the current value, which may be of any kind, begins, while the scanner stands on it.</summary>
    public readonly int ValueStart => Kind switch
    {
        JsonKind.String => _start - 1,
        JsonKind.Object or JsonKind.Array or JsonKind.Number => _start,
        JsonKind.False => _position - "false".Length,
        _ => _position - "true".Length,
    };

    /// <summary>Gets all of the text from <paramref name="start"/> up to where the scanner stands.</summary>
    public readonly ReadOnlySpan<byte> TextFrom(int start) => _text[start.._position];

    /// <summary>Steps to the first value of the text.</summary>
    public void ReadFirst()
    {
        SkipWhiteSpace();
        ReadValue();
    }

    /// <summary>Makes sure that nothing follows.</summary>
    public void ReadEnd()
    {
        SkipWhiteSpace();
        HasFailed |= _position < _text.Length;
    }

    /// <summary>Goes back to a value that was met before at the depth of 1.</summary>
    public void GoBackTo(int start)
    {
        _position = start;
        ReadValue();
    }

    /// <summary>Steps to the name of the next member of the object, which is then the current string.</summary>
    /// <returns><see langword="false"/> at the end of the object.</returns>
    public bool ReadName()
    {
        // Almost always a comma, a quote and no white space.
        if (!_isFirst && _text[_position..] is [(byte)',', (byte)'"', ..])
        {
            _position++;
            return ReadString();
        }

        if (!MoveToItem((byte)'}'))
        {
            return false;
        }

        return (uint)_position < (uint)_text.Length && _text[_position] == (byte)'"' ? ReadString() : Fail();
    }

    /// <summary>Steps from a name to its value.</summary>
    public bool ReadValueOfName()
    {
        if (_text[_position..] is not [(byte)':', > (byte)' ', ..])
        {
            SkipWhiteSpace();
            if ((uint)_position >= (uint)_text.Length || _text[_position] != (byte)':')
            {
                return Fail();
            }

            _position++;
            SkipWhiteSpace();
            return ReadValue();
        }

        _position++;
        return ReadValue();
    }

    /// <summary>Steps to the next element of the list.</summary>
    /// <returns><see langword="false"/> at the end of the list.</returns>
    public bool ReadElement() => MoveToItem((byte)']') && ReadValue();

    /// <summary>Steps to the end of the current value.</summary>
    public void Skip()
    {
        if (Kind is JsonKind.Object or JsonKind.Array)
        {
            SkipNested();
        }
    }

    private void SkipNested()
    {
        // Of each that is open, whether it is a list: 64 to an element, the innermost in the lowest bit.
        Span<ulong> outerLists = stackalloc ulong[MaxDepth / BitsOfList];
        int outer = Depth - 1;
        int level = 0;
        ulong lists = Kind == JsonKind.Array ? 1UL : 0;
        while (Depth > outer && !HasFailed)
        {
            bool hasItem = (lists & 1) != 0 ? ReadElement() : ReadName() && ReadValueOfName();
            if (!hasItem)
            {
                lists = level % BitsOfList == 0 && level > 0 ? outerLists[(level / BitsOfList) - 1] : lists >> 1;
                level--;
            }
            else if (Kind is JsonKind.Object or JsonKind.Array)
            {
                level++;
                if (level % BitsOfList == 0)
                {
                    outerLists[(level / BitsOfList) - 1] = lists;
                }

                lists = (lists << 1) | (Kind == JsonKind.Array ? 1UL : 0);
            }
        }
    }

    private bool MoveToItem(byte end)
    {
        SkipWhiteSpace();
        if ((uint)_position >= (uint)_text.Length)
        {
            return Fail();
        }

        byte next = _text[_position];
        if (next == end)
        {
            _position++;
            _isFirst = false;
            Depth--;
            return false;
        }

        if (_isFirst)
        {
            _isFirst = false;
            return true;
        }

        if (next != (byte)',')
        {
            return Fail();
        }

        _position++;
        SkipWhiteSpace();
        return true;
    }

    private bool ReadValue()
    {
        if ((uint)_position >= (uint)_text.Length)
        {
            return Fail();
        }

        return _text[_position] switch
        {
            (byte)'"' => ReadString(),
            (byte)'{' => Open(JsonKind.Object),
            (byte)'[' => Open(JsonKind.Array),
            (byte)'t' => ReadLiteral("true"u8, JsonKind.True),
            (byte)'f' => ReadLiteral("false"u8, JsonKind.False),
            (byte)'n' => ReadLiteral("null"u8, JsonKind.Null),
            _ => ReadNumber(),
        };
    }

    private bool ReadString()
    {
        _start = _position + 1;
        int length = JsonBytes.StringLength(_text[_start..], out bool isEscaped);
        if (length < 0)
        {
            return Fail();
        }

        _end = _start + length;
        _position = _end + 1;
        IsEscaped = isEscaped;
        Kind = JsonKind.String;
        return true;
    }

    private bool ReadNumber()
    {
        _start = _position;
        int length = JsonBytes.NumberLength(_text[_start..]);
        if (length == 0)
        {
            return Fail();
        }

        _end = _start + length;
        _position = _end;
        Kind = JsonKind.Number;
        return true;
    }

    private bool ReadLiteral(ReadOnlySpan<byte> word, JsonKind kind)
    {
        if (!_text[_position..].StartsWith(word))
        {
            return Fail();
        }

        _position += word.Length;
        Kind = kind;
        return true;
    }

    private bool Open(JsonKind kind)
    {
        if (Depth == MaxDepth)
        {
            IsTooDeep = true;
            return Fail();
        }

        _start = _position;
        _position++;
        _isFirst = true;
        Depth++;
        Kind = kind;
        return true;
    }

    private void SkipWhiteSpace()
    {
        while ((uint)_position < (uint)_text.Length
            && _text[_position] is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r')
        {
            _position++;
        }
    }

    private bool Fail()
    {
        HasFailed = true;
        Kind = JsonKind.Null;
        Depth = 0;
        _position = _text.Length;
        return false;
    }
}
