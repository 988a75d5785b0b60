using Microsoft.Extensions.Logging;
using OpencodeOtel.Otlp;
using OpencodeOtel.Pipeline.Configuration;
using OpencodeOtel.Pipeline.Exporting;

namespace OpencodeOtel.Pipeline.Spooling;

/// <summary>Requests on disk: appended in groups with one flush, read back oldest first, bounded in bytes and age. Thread-safe.</summary>
/// <remarks>
/// Nothing is touched before the first request is stored or asked for. The directory may be shared: each process writes a log of its
/// own, and reads the logs of processes that are gone. What a disk may do (full, read-only, gone) is a result, never an exception.
/// </remarks>
internal sealed partial class Spool(SpoolOptions options, ILogger logger, TimeProvider time) : ISpoolTally, IAsyncDisposable
{
    private static readonly TimeSpan RestAfterFailure = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromHours(1); // for what has become too old meanwhile

    private readonly SpoolDirectory _directory = new(options.Directory);
    private readonly Lock _gate = new();
    private readonly SortedList<string, SpoolLog> _logs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _ofOthers = []; // logs without an owner that hold nothing for us, and when they were looked at
    private readonly Dictionary<SpoolLane, SpoolAccounts> _accounts = [];
    private readonly SpoolWarnings _said = new();
    private GroupCommit? _commit;
    private LogWriter? _writer;
    private long _foreignBytes;
    private long? _failedAt;
    private SpoolDamage _damage;
    private TaskCompletionSource _news = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _closed;

    private string ShownDirectory => ShownText.Of(options.Directory);

    /// <summary>Gets what could not be read so far.</summary>
    public SpoolDamage Damaged
    {
        get
        {
            lock (_gate)
            {
                return _damage;
            }
        }
    }

    /// <summary>Says who stores and reads the requests of a lane.</summary>
    public void Register(SpoolLane lane, SpoolAccounts accounts)
    {
        lock (_gate)
        {
            _accounts[lane] = accounts;
        }
    }

    /// <summary>Appends a request, together with others that come at the same time.</summary>
    /// <param name="lane">Its lane.</param>
    /// <param name="request">The request; borrowed until the task ends.</param>
    /// <param name="isOfEarlier">Whether it is a part of what an earlier process stored: its records stay in that account.</param>
    /// <returns>Whether it is on disk.</returns>
    public Task<bool> AppendAsync(SpoolLane lane, ExportRequest request, bool isOfEarlier = false)
    {
        GroupCommit? commit;
        lock (_gate)
        {
            commit = _closed ? null : _commit ??= new GroupCommit(Write, Math.Max(1, options.SegmentBytes));
        }

        return commit is null ? Task.FromResult(false) : commit.AppendAsync(new PendingFrame(lane, request, isOfEarlier));
    }

    /// <summary>Takes the oldest request of a lane; it is to be settled or returned.</summary>
    public SpooledFrame? TryTake(SpoolLane lane)
    {
        lock (_gate)
        {
            if (_closed)
            {
                return null;
            }

            DateTimeOffset keepSince = time.GetUtcNow() - options.MaxAge;
            for (int i = 0; i < _logs.Count; i++)
            {
                SpoolLog log = _logs.GetValueAtIndex(i);
                SpooledFrame? frame = log.TryTake(lane, keepSince, this);
                if (frame is not null)
                {
                    return frame;
                }

                i -= RemoveIfDone(log) ? 1 : 0;
            }

            return null;
        }
    }

    /// <summary>A request that was taken is done with.</summary>
    public void Settle(SpooledFrame frame)
    {
        lock (_gate)
        {
            if (!_closed)
            {
                frame.Log.Settle(frame);
                RemoveIfDone(frame.Log);
            }
        }
    }

    /// <summary>A request that was taken waits again.</summary>
    public void Return(SpooledFrame frame)
    {
        lock (_gate)
        {
            if (!_closed)
            {
                frame.Log.Return(frame, this);
            }
        }
    }

    /// <summary>A task that ends when something was stored after this call.</summary>
    public Task NewsAsync()
    {
        lock (_gate)
        {
            return _news.Task;
        }
    }

    /// <inheritdoc/>
    public void Lose(SpoolLane lane, bool isOwn, Fate fate, long items)
    {
        // What waits for another destination has an account here, too: the report is to say that it is gone.
        SpoolAccounts? accounts = _accounts.GetValueOrDefault(lane) ?? _accounts.Values.FirstOrDefault();
        accounts?.Lose(lane.Signal, isOwn, fate, items);
        if (fate == Fate.Expired && _said.First(SpoolWarning.Expired))
        {
            LogExpired(items);
        }
        else if (fate == Fate.Dropped && _said.First(SpoolWarning.Evicted))
        {
            LogEvicted(items);
        }
    }

    /// <inheritdoc/>
    public void Damage(SpoolDamage damage)
    {
        _damage += damage;
        if (_said.First(SpoolWarning.Damaged))
        {
            LogDamaged(damage.Frames, damage.Items, damage.UnreadableBytes);
        }
    }

    /// <summary>Finishes what is being written, and gives the logs up for the next owner.</summary>
    public async ValueTask DisposeAsync()
    {
        GroupCommit? commit;
        lock (_gate)
        {
            _closed = true;
            commit = _commit;
        }

        if (commit is not null)
        {
            await commit.CompleteAsync().ConfigureAwait(false);
        }

        lock (_gate)
        {
            _writer?.Dispose();
            foreach (SpoolLog log in _logs.Values)
            {
                log.Close();
            }

            _logs.Clear();
            _writer = null;
        }
    }

    private bool RemoveIfDone(SpoolLog log)
    {
        if (log.IsOwn || log.HasSegments)
        {
            return false;
        }

        _logs.Remove(log.Id);
        log.Close();
        return true;
    }
}
