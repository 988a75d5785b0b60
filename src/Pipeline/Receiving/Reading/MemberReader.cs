using System.Globalization;
using OpencodeOtel.Pipeline.Receiving.Events;

namespace OpencodeOtel.Pipeline.Receiving.Reading;

/// <summary>Walks the members of the objects of one event, in whatever order they come.</summary>
/// <remarks>
/// After <see cref="Next"/> the reader stands on a member's value, which the caller takes by one of the other methods, or enters
/// and walks to its end, or skips. Null is absence everywhere. A value of another kind than asked for is noted in
/// <see cref="HasWrongType"/> by the methods named <c>Required…</c>, and is absence for the others. Where the text is not JSON,
/// everything ends, and <see cref="HasFailed"/> says so.
/// </remarks>
/// <param name="text">The event: valid UTF-8.</param>
/// <param name="scratch">Room for strings with escapes.</param>
internal ref struct MemberReader(ReadOnlySpan<byte> text, ScratchBuffer scratch)
{
    private readonly ScratchBuffer _scratch = scratch;
    private JsonScanner _json = new(text);

    /// <summary>Gets a value indicating whether the text turned out not to be JSON.</summary>
    public readonly bool HasFailed => _json.HasFailed;

    /// <summary>Gets a value indicating whether it was nested too deep to tell.</summary>
    public readonly bool IsTooDeep => _json.IsTooDeep;

    /// <summary>Gets a value indicating whether a value that matters was of the wrong type.</summary>
    public bool HasWrongType { get; private set; }

    /// <summary>Gets the largest time taken, in Unix milliseconds; 0 for none.</summary>
    public long LatestTime { get; private set; }

    /// <summary>Gets a value indicating whether the outermost object has been walked to its end.</summary>
    public readonly bool IsAtEnd => _json.Depth == 0;

    /// <summary>Gets a value indicating whether the current value is there, that is, not null.</summary>
    public readonly bool IsPresent => _json.Kind != JsonKind.Null;

    /// <summary>Gets a value indicating whether the current value is an object.</summary>
    public readonly bool IsObject => _json.Kind == JsonKind.Object;

    /// <summary>Gets a value indicating whether the current value is a string.</summary>
    public readonly bool IsString => _json.Kind == JsonKind.String;

    /// <summary>Gets a value indicating whether the current value is <see langword="true"/>.</summary>
    public readonly bool IsTrue => _json.Kind == JsonKind.True;

    /// <summary>Gets where the current value, an object, begins.</summary>
    public readonly int Position => _json.Start;

    /// <summary>Steps to the first value of the text.</summary>
    public void ReadFirst() => _json.ReadFirst();

    /// <summary>Makes sure that nothing follows the outermost object.</summary>
    public void ReadEnd() => _json.ReadEnd();

    /// <summary>Goes back to the object at <paramref name="position"/>, after all was walked.</summary>
    public void GoBackTo(int position) => _json.GoBackTo(position);

    /// <summary>Steps to the value of the next member.</summary>
    /// <param name="name">The member's name.</param>
    /// <returns><see langword="false"/> at the end of the object.</returns>
    public bool Next(out ReadOnlySpan<byte> name)
    {
        if (!_json.ReadName())
        {
            name = default;
            return false;
        }

        name = Unescaped();
        return _json.ReadValueOfName();
    }

    /// <summary>Steps to the first element of the current value, or to the next one of the list that the reader is in.</summary>
    /// <returns><see langword="false"/> at the end of the list.</returns>
    public bool NextElement() => _json.ReadElement();

    /// <summary>Passes over the current value.</summary>
    public void Skip() => _json.Skip();

    /// <summary>Passes over a member of an event's body, which may be the event's own time.</summary>
    public void SkipOfBody(ReadOnlySpan<byte> name)
    {
        if (name.SequenceEqual("time"u8) || name.SequenceEqual("timestamp"u8))
        {
            Timestamp();
        }
        else
        {
            Skip();
        }
    }

    /// <summary>Enters the current value if it is an object, else passes over it.</summary>
    public bool TryEnterObject() => TryEnter(JsonKind.Object);

    /// <summary>As <see cref="TryEnterObject"/>, for an object that matters.</summary>
    public bool TryEnterRequiredObject()
    {
        Require(JsonKind.Object);
        return TryEnter(JsonKind.Object);
    }

    /// <summary>Enters the current value if it is a list, else passes over it.</summary>
    public bool TryEnterList() => TryEnter(JsonKind.Array);

    /// <summary>Takes a string, unescaped; empty when absent.</summary>
    public ReadOnlySpan<byte> String()
    {
        if (_json.Kind == JsonKind.String)
        {
            return Unescaped();
        }

        Skip();
        return default;
    }

    /// <summary>As <see cref="String"/>, for a string that matters.</summary>
    public ReadOnlySpan<byte> RequiredString()
    {
        Require(JsonKind.String);
        return String();
    }

    /// <summary>Takes a string as it stands.</summary>
    public JsonText Text()
    {
        if (_json.Kind == JsonKind.String)
        {
            return new JsonText(_json.Value, _json.IsEscaped, isPresent: true);
        }

        Skip();
        return default;
    }

    /// <summary>Takes a count; see <see cref="JsonNumbers.Count"/>.</summary>
    public long Count() => JsonNumbers.Count(Number());

    /// <summary>Takes an amount; see <see cref="JsonNumbers.Amount"/>.</summary>
    public double Amount() => JsonNumbers.Amount(Number());

    /// <summary>Takes a whole number of either sign.</summary>
    /// <returns><see langword="null"/> when it is none.</returns>
    public long? Integer() =>
        long.TryParse(Number(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value) ? value : null;

    /// <summary>Takes a time; see <see cref="JsonNumbers.Time"/>.</summary>
    public long Time()
    {
        long time = JsonNumbers.Time(Number());
        LatestTime = Math.Max(LatestTime, time);
        return time;
    }

    /// <summary>As <see cref="Time"/>, for a time that matters.</summary>
    public long RequiredTime()
    {
        Require(JsonKind.Number);
        return Time();
    }

    /// <summary>Takes a time that is a number or a text; see <see cref="JsonNumbers.Time"/> and <see cref="IsoTime"/>.</summary>
    public long Timestamp()
    {
        if (!IsString)
        {
            return Time();
        }

        long time = IsoTime.Read(String());
        LatestTime = Math.Max(LatestTime, time);
        return time;
    }

    /// <summary>As <see cref="Timestamp"/>, for a time that matters.</summary>
    public long RequiredTimestamp()
    {
        bool isString = IsString;
        if (!isString)
        {
            Require(JsonKind.Number);
        }

        long time = Timestamp();
        HasWrongType |= isString && time == 0;
        return time;
    }

    /// <summary>Takes the current value as it stands, and walks it to its end on the way, to pick a string from it.</summary>
    /// <param name="member">The name of the string, if the value is an object that has it.</param>
    /// <param name="picked">The string.</param>
    public ReadOnlySpan<byte> Whole(ReadOnlySpan<byte> member, out JsonText picked)
    {
        picked = default;
        if (!IsObject)
        {
            Skip();
            return default;
        }

        int start = _json.Start;
        while (Next(out ReadOnlySpan<byte> name))
        {
            if (name.SequenceEqual(member))
            {
                picked = Text();
            }
            else
            {
                Skip();
            }
        }

        return _json.TextFrom(start);
    }

    /// <summary>Takes the current value as it stands, whatever it is, and walks it to its end on the way; empty when absent.</summary>
    /// <param name="member">The name of a string to pick, if the value is an object that has it.</param>
    /// <param name="picked">The string.</param>
    public ReadOnlySpan<byte> Any(ReadOnlySpan<byte> member, out JsonText picked)
    {
        if (IsObject)
        {
            return Whole(member, out picked);
        }

        picked = default;
        bool isPresent = IsPresent;
        int start = _json.ValueStart;
        Skip();
        return isPresent ? _json.TextFrom(start) : default;
    }

    // Of what is no number nothing is left: an empty text, which reads as 0.
    private ReadOnlySpan<byte> Number()
    {
        if (_json.Kind == JsonKind.Number)
        {
            return _json.Value;
        }

        Skip();
        return default;
    }

    private bool TryEnter(JsonKind kind)
    {
        if (_json.Kind == kind)
        {
            return true;
        }

        Skip();
        return false;
    }

    private void Require(JsonKind kind) => HasWrongType |= _json.Kind != kind && IsPresent;

    private readonly ReadOnlySpan<byte> Unescaped() => _json.IsEscaped ? _scratch.Unescape(_json.Value) : _json.Value;
}
