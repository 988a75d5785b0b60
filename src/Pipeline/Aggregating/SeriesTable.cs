using OpencodeOtel.Otlp.Model;

namespace OpencodeOtel.Pipeline.Aggregating;

/// <summary>The series of a metric, found by their attributes without allocating; at most a limit of them, and one for the overflow.</summary>
/// <remarks>
/// A hash table with chained rows, so that a row keeps its place while others come and go. Beyond the limit measurements go
/// to the series whose only attribute is <c>otel.metric.overflow=true</c>: every measurement is in exactly one series.
/// </remarks>
/// <typeparam name="TState">What is aggregated for a series.</typeparam>
/// <param name="limit">The largest number of series; exactly so many do not overflow.</param>
/// <param name="reclaimsIdle">
/// Whether a series that was not measured since the last collection holds nothing: so it is with delta points. Such series
/// make room for new ones, and the limit holds for an interval.
/// </param>
/// <param name="sessions">The sessions that series live as long as; <see langword="null"/> if series are never retired.</param>
/// <param name="onOverflow">Called once, when the limit is first hit, with the attribute that has the most values, and how many.</param>
internal sealed class SeriesTable<TState>(int limit, bool reclaimsIdle, MeasuredSessions? sessions, Action<OtlpString, int>? onOverflow)
    where TState : struct
{
    private const int InitialCapacity = 4;

    private readonly int _limit = limit;
    private readonly bool _reclaimsIdle = reclaimsIdle;
    private readonly MeasuredSessions? _sessions = sessions;
    private readonly Action<OtlpString, int>? _onOverflow = onOverflow;

    // One more than the row; 0 is empty. The length is a power of two, and at least that of the rows.
    private int[] _buckets = new int[InitialCapacity];
    private Series<TState>[] _rows = new Series<TState>[InitialCapacity];
    private int _used;
    private int _free = -1;
    private int _live;
    private int _overflowRow = -1;
    private bool _reclaimed;
    private ulong _earliestStart;

    /// <summary>Gets how many measurements went to the overflow series.</summary>
    public long Overflowed { get; private set; }

    /// <summary>Gets the rows; those without attributes are free.</summary>
    public Span<Series<TState>> Rows => _rows.AsSpan(0, _used);

    /// <summary>Finds the series of <paramref name="attributes"/>, or makes it, or gives the overflow series.</summary>
    /// <param name="attributes">The attributes, with unique keys; copied if a series is made.</param>
    /// <param name="time">The measurement's time in Unix milliseconds, used if a series is made.</param>
    /// <returns>The row; only valid until the next call.</returns>
    public ref Series<TState> Find(ReadOnlySpan<KeyValue> attributes, long time)
    {
        uint hash = SeriesKey.Hash(attributes);
        int row = Lookup(attributes, hash);
        if (row < 0)
        {
            row = Add(attributes, hash, time);
        }

        ref Series<TState> series = ref _rows[row];
        if (series.Session is { } session && session.LastMeasured < time)
        {
            session.LastMeasured = time;
        }

        return ref series;
    }

    /// <summary>Ends a collection at <paramref name="time"/> in Unix nanoseconds: retires the series of sessions that are over, and starts the next interval.</summary>
    public void EndInterval(ulong time)
    {
        // A series that is made from here on, perhaps anew, starts later than what was reported: so its reset is seen.
        _earliestStart = time + 1;
        _reclaimed = false;
        if (_sessions is not { AnyOver: true })
        {
            return;
        }

        for (int row = 0; row < _used; row++)
        {
            if (_rows[row].Session is { IsOver: true })
            {
                Remove(row);
            }
        }
    }

    private int Lookup(ReadOnlySpan<KeyValue> attributes, uint hash)
    {
        Series<TState>[] rows = _rows;
        int row = _buckets[BucketOf(hash)] - 1;
        while ((uint)row < (uint)rows.Length)
        {
            ref Series<TState> series = ref rows[row];
            if (series.Hash == hash && SeriesKey.Matches(series.Attributes!.Attributes, attributes))
            {
                return row;
            }

            row = series.Next;
        }

        return -1;
    }

    private int Add(ReadOnlySpan<KeyValue> attributes, uint hash, long time)
    {
        if (_live >= _limit)
        {
            ReclaimIdle();
        }

        if (_live >= _limit)
        {
            if (Overflowed++ == 0 && _onOverflow is { } tell)
            {
                TellOverflow(tell);
            }

            return _overflowRow >= 0 ? _overflowRow : _overflowRow = AddOverflow(time);
        }

        AttributeSet frozen = SeriesKey.Freeze(attributes);
        int row = Insert(frozen, hash, time);
        _rows[row].Session = _sessions?.Join(frozen.Attributes);
        _live++;
        return row;
    }

    private int AddOverflow(long time)
    {
        var attributes = new AttributeSet(new KeyValue("otel.metric.overflow", true));
        uint hash = SeriesKey.Hash(attributes.Attributes);
        int row = Lookup(attributes.Attributes, hash);
        row = row >= 0 ? row : Insert(attributes, hash, time);
        _rows[row].IsOverflow = true;
        return row;
    }

    private int Insert(AttributeSet attributes, uint hash, long time)
    {
        int row = _free;
        if (row >= 0)
        {
            _free = _rows[row].Next;
        }
        else
        {
            if (_used == _rows.Length)
            {
                Grow();
            }

            row = _used++;
        }

        ref int bucket = ref _buckets[BucketOf(hash)];
        _rows[row] = new Series<TState>
        {
            Attributes = attributes,
            Hash = hash,
            Next = bucket - 1,
            Start = Math.Max(UnixNanoseconds.FromMilliseconds(time), _earliestStart),
        };
        bucket = row + 1;
        return row;
    }

    /// <summary>Frees the series that hold nothing; once an interval, since what is measured stays so until its end.</summary>
    private void ReclaimIdle()
    {
        if (!_reclaimsIdle || _reclaimed)
        {
            return;
        }

        _reclaimed = true;
        for (int row = 0; row < _used; row++)
        {
            if (_rows[row] is { Attributes: not null, Measured: false } && row != _overflowRow)
            {
                Remove(row);
            }
        }
    }

    private void Remove(int row)
    {
        int next = _rows[row].Next;
        ref int bucket = ref _buckets[BucketOf(_rows[row].Hash)];
        if (bucket - 1 == row)
        {
            bucket = next + 1;
        }
        else
        {
            int before = bucket - 1;
            while (_rows[before].Next != row)
            {
                before = _rows[before].Next;
            }

            _rows[before].Next = next;
        }

        if (_rows[row].Session is { } session)
        {
            _sessions!.Leave(session);
        }

        _rows[row] = new Series<TState> { Next = _free };
        _free = row;
        _live--;
    }

    private void Grow()
    {
        Array.Resize(ref _rows, _rows.Length * 2);
        _buckets = new int[_rows.Length];
        for (int row = 0; row < _used; row++)
        {
            // There is no free row when the table grows, so each of them belongs to a chain.
            ref int bucket = ref _buckets[BucketOf(_rows[row].Hash)];
            _rows[row].Next = bucket - 1;
            bucket = row + 1;
        }
    }

    private void TellOverflow(Action<OtlpString, int> tell)
    {
        var values = new Dictionary<OtlpString, HashSet<AnyValue>>();
        foreach (ref readonly Series<TState> series in Rows)
        {
            foreach (KeyValue attribute in series.Attributes is null ? default : series.Attributes.Attributes)
            {
                if (!values.TryGetValue(attribute.Key, out HashSet<AnyValue>? seen))
                {
                    values.Add(attribute.Key, seen = []);
                }

                seen.Add(attribute.Value);
            }
        }

        KeyValuePair<OtlpString, HashSet<AnyValue>> most = values.OrderByDescending(entry => entry.Value.Count).FirstOrDefault();
        tell(most.Key, most.Value?.Count ?? 0);
    }

    private int BucketOf(uint hash) => (int)(hash & (uint)(_buckets.Length - 1));
}
