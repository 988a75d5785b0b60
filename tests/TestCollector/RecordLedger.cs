namespace OpencodeOtel.TestCollector;

/// <summary>What a server did with each of a run of numbered log records. The number is the integer in the body. Thread-safe.</summary>
/// <remarks>A record may be answered retryably any number of times; final answers are kept, so that two of them show.</remarks>
public sealed class RecordLedger(int records)
{
    private readonly Lock _lock = new();
    private readonly RecordVerdict[] _verdicts = new RecordVerdict[records];
    private readonly int[] _finals = new int[records];
    private readonly int[] _taken = new int[records];
    private readonly bool[] _answerLost = new bool[records];

    /// <summary>Lists the numbers of the records of a request.</summary>
    public static int[] NumbersOf(ReceivedRequest request)
    {
        ReceivedRequest[] one = [request];
        return [.. one.LogRecords().Select(record => (int)record.Item.Body.IntValue)];
    }

    /// <summary>Notes a final answer about some records.</summary>
    public void Note(RecordVerdict verdict, ReadOnlySpan<int> numbers)
    {
        lock (_lock)
        {
            foreach (int number in numbers)
            {
                _verdicts[number] = verdict;
                _finals[number]++;
                _taken[number] += verdict == RecordVerdict.Taken ? 1 : 0;
            }
        }
    }

    /// <summary>Notes records that were taken although the client got no answer.</summary>
    public void NoteLostAnswer(ReadOnlySpan<int> numbers)
    {
        lock (_lock)
        {
            foreach (int number in numbers)
            {
                _taken[number]++;
                _answerLost[number] = true;
            }
        }
    }

    /// <summary>Tells whether an answer about a record got lost before.</summary>
    public bool AnswerWasLost(int number)
    {
        lock (_lock)
        {
            return _answerLost[number];
        }
    }

    /// <summary>Counts the records with a verdict.</summary>
    public int Count(RecordVerdict verdict)
    {
        lock (_lock)
        {
            return _verdicts.Count(one => one == verdict);
        }
    }

    /// <summary>Lists the records with more than one final answer, which must not be.</summary>
    public IReadOnlyList<int> Contradictions()
    {
        lock (_lock)
        {
            return [.. Enumerable.Range(0, records).Where(number => _finals[number] > 1)];
        }
    }

    /// <summary>Lists the records that were taken twice without an answer having been lost, which must not be.</summary>
    public IReadOnlyList<int> NeedlessDuplicates()
    {
        lock (_lock)
        {
            return [.. Enumerable.Range(0, records).Where(number => _taken[number] > 1 && !_answerLost[number])];
        }
    }
}
