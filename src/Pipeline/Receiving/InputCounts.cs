using OpencodeOtel.Pipeline.Diagnostics;
using OpencodeOtel.Pipeline.Receiving.Reading;

namespace OpencodeOtel.Pipeline.Receiving;

/// <summary>Counts what became of each event, once each.</summary>
internal sealed class InputCounts
{
    private static readonly EventOutcome[] BadOutcomes = [EventOutcome.BadJson, EventOutcome.TooDeep, EventOutcome.BadShape, EventOutcome.BadUtf8, EventOutcome.TooLong];

    private readonly long[] _counts = new long[(int)EventOutcome.TooLong + 1];
    private readonly long[] _firstLines = new long[(int)EventOutcome.TooLong + 1];
    private readonly long[] _usedByType = new long[EventTypes.Count];

    /// <summary>Gets how many events, and lines that were to be events, were read: the sum over all outcomes.</summary>
    public long Read { get; private set; }

    /// <summary>Gets how many had an outcome.</summary>
    public long this[EventOutcome outcome] => _counts[(int)outcome];

    /// <summary>Gets how many of a type were used.</summary>
    public long UsedOf(EventType type) => _usedByType[(int)type];

    /// <summary>Gets the number of the first line that had an outcome, from 1; 0 for none.</summary>
    public long FirstLineOf(EventOutcome outcome) => _firstLines[(int)outcome];

    /// <summary>Counts an event.</summary>
    /// <returns>Whether it is the first with this outcome.</returns>
    public bool Add(EventOutcome outcome, EventType type, long line)
    {
        Read++;
        if (outcome == EventOutcome.Used)
        {
            _usedByType[(int)type]++;
        }

        bool isFirst = _counts[(int)outcome]++ == 0;
        if (isFirst)
        {
            _firstLines[(int)outcome] = line;
        }

        return isFirst;
    }

    /// <summary>Makes the report.</summary>
    public EventCounts ToReport() => new(
        Read,
        this[EventOutcome.Used],
        this[EventOutcome.Skipped],
        BadOutcomes.Sum(outcome => this[outcome]),
        this[EventOutcome.Duplicate])
    {
        UsedByType =
        [
            .. from index in Enumerable.Range(0, EventTypes.Count)
               where _usedByType[index] > 0
               select KeyValuePair.Create(EventTypes.NameOf((EventType)index), _usedByType[index]),
        ],
        BadByCause =
        [
            .. from outcome in BadOutcomes
               where this[outcome] > 0
               select new BadInput(CauseOf(outcome), this[outcome], FirstLineOf(outcome)),
        ],
    };

    /// <summary>Whether an outcome means that the input was bad.</summary>
    public static bool IsBad(EventOutcome outcome) => outcome is not (EventOutcome.Used or EventOutcome.Skipped or EventOutcome.Duplicate);

    /// <summary>Says in words why input was bad.</summary>
    public static string CauseOf(EventOutcome outcome) => outcome switch
    {
        EventOutcome.BadJson => "not a JSON object",
        EventOutcome.TooDeep => "nested too deep",
        EventOutcome.BadShape => "not an event of a known form",
        EventOutcome.BadUtf8 => "not UTF-8",
        EventOutcome.TooLong => "longer than the limit of a line",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
    };
}
