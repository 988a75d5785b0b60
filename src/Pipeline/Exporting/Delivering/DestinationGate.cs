namespace OpencodeOtel.Pipeline.Exporting.Delivering;

/// <summary>Who may send to a destination, and when: the bound of concurrent requests, and the one throttle that all of them obey.</summary>
/// <remarks>
/// Thread-safe. After a failure that may pass nothing is sent until a delay has run; then one request tries alone, and the others follow
/// when it has got through. Of those that wait, the oldest goes first. Nobody sleeps: one timer wakes whoever is due. Times are
/// measured from the gate's beginning.
/// </remarks>
internal sealed class DestinationGate : IDisposable
{
    private readonly int _concurrency;
    private readonly bool _retries;
    private readonly TimeProvider _time;
    private readonly RetryBackoff _backoff;
    private readonly ITimer _timer;
    private readonly long _origin;
    private readonly Lock _lock = new();
    private readonly WaitingLine _waiting = new();
    private int _sending;
    private int _failures; // since the last success
    private int _round;
    private TimeSpan _pausedUntil;
    private bool _pauseIsAsked; // by the server, so that stopping does not end it
    private TimeSpan? _stopAt;
    private SendResult _lastFailure;

    /// <summary>Opens the gate.</summary>
    /// <param name="concurrency">How many requests may be under way, at least 1.</param>
    /// <param name="policy">The delays.</param>
    /// <param name="random">The jitter.</param>
    /// <param name="time">The real clock.</param>
    public DestinationGate(int concurrency, RetryPolicy policy, Random random, TimeProvider time)
    {
        _concurrency = concurrency;
        _retries = policy.Budget != TimeSpan.Zero;
        _time = time;
        _origin = time.GetTimestamp();
        _backoff = new RetryBackoff(policy, random);
        _timer = time.CreateTimer(static gate => ((DestinationGate)gate!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Gets the time since the gate was made.</summary>
    public TimeSpan Now => _time.GetElapsedTime(_origin);

    /// <summary>Gets when the gate is to be closed, once it is; <see langword="null"/> before <see cref="Stop"/>.</summary>
    public TimeSpan? StopAt
    {
        get
        {
            lock (_lock)
            {
                return _stopAt;
            }
        }
    }

    /// <summary>Gets the last failure of the destination: what to tell of requests that never had their turn.</summary>
    public SendResult LastFailure
    {
        get
        {
            lock (_lock)
            {
                return _lastFailure;
            }
        }
    }

    /// <summary>Waits for a turn; each granted turn is given back by <see cref="Leave"/>.</summary>
    /// <param name="order">The place of the request: lower ones go first.</param>
    /// <param name="due">When it may be sent at the earliest, for its own failures.</param>
    /// <param name="deadline">When its time is up: it is then told so while the destination fails.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public ValueTask<Turn> EnterAsync(long order, TimeSpan due, TimeSpan deadline, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Waiter waiter;
        lock (_lock)
        {
            TimeSpan now = Now;
            if (IsHopeless(deadline, now))
            {
                return new ValueTask<Turn>(default(Turn));
            }

            bool mustWait = due > now && !(due >= _stopAt); // Once stopping, a delay that ends too late is not waited for.
            if (!mustWait && !_waiting.AnyReady && IsOpen(now))
            {
                _sending++;
                return new ValueTask<Turn>(new Turn(true, _round));
            }

            waiter = new Waiter(order, due, deadline);
            if (mustWait)
            {
                _waiting.AddLater(waiter);
            }
            else
            {
                _waiting.AddReady(waiter);
            }

            SetTimer(now);
        }

        return WaitAsync(waiter, cancellationToken);
    }

    /// <summary>Gives a turn back and tells the gate what came of it; <see langword="null"/> when nothing can be said about the destination.</summary>
    public void Leave(in Turn turn, SendResult? result)
    {
        lock (_lock)
        {
            _sending--;
            TimeSpan now = Now;
            if (result is { Outcome: SendOutcome.Retryable } failure)
            {
                Throttle(turn, in failure, now);
                GiveUpHopeless(now);
            }
            else if (result is not null)
            {
                Recover();
            }

            Pump(now);
        }
    }

    /// <summary>
    /// Ends the waits: everyone gets a turn as soon as there is room, except behind a delay that the server asked for, which is waited
    /// for if it ends in time.
    /// </summary>
    /// <param name="left">How long until sending is given up.</param>
    public void Stop(TimeSpan left)
    {
        lock (_lock)
        {
            TimeSpan now = Now;
            _stopAt = left == Timeout.InfiniteTimeSpan ? TimeSpan.MaxValue : now + left;
            _pausedUntil = _pauseIsAsked ? _pausedUntil : TimeSpan.Zero;
            _waiting.Ripen(TimeSpan.MaxValue);
            GiveUpHopeless(now);
            Pump(now);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    private static async ValueTask<Turn> WaitAsync(Waiter waiter, CancellationToken cancellationToken)
    {
        using CancellationTokenRegistration registration = cancellationToken.Register(
            static (state, token) => ((Waiter)state!).TrySetCanceled(token), waiter);
        return await waiter.Task.ConfigureAwait(false);
    }

    private void Throttle(in Turn turn, in SendResult failure, TimeSpan now)
    {
        _lastFailure = failure;
        bool first = turn.Round == _round;
        if (!first && failure.RetryDelay is null)
        {
            return; // It was under way with one that failed already.
        }

        _round = first ? _round + 1 : _round;
        _failures++;
        TimeSpan until = now + _backoff.Next(failure.RetryDelay);
        if (failure.RetryDelay is not null)
        {
            _pauseIsAsked = true;
        }
        else if (_stopAt is not null || !_retries)
        {
            return; // The last tries, and the only ones, do not wait for one another.
        }

        _pausedUntil = until > _pausedUntil ? until : _pausedUntil;
    }

    private void Recover()
    {
        _failures = 0;
        _backoff.Reset();
        if (!_pauseIsAsked)
        {
            _pausedUntil = TimeSpan.Zero;
        }
    }

    private bool IsOpen(TimeSpan now)
    {
        if (_pausedUntil > now)
        {
            return false;
        }

        _pauseIsAsked = false;
        return _sending < (_failures > 0 && _retries && _stopAt is null ? 1 : _concurrency);
    }

    private bool IsHopeless(TimeSpan deadline, TimeSpan now) => _stopAt is { } stopAt
        ? _pauseIsAsked && _pausedUntil >= stopAt
        : _failures > 0 && (_pausedUntil > now ? _pausedUntil : now) >= deadline;

    private void GiveUpHopeless(TimeSpan now) =>
        _waiting.TakeAll(waiter => IsHopeless(waiter.Deadline, now)).ForEach(static waiter => waiter.TrySetResult(default));

    private void OnTimer()
    {
        lock (_lock)
        {
            Pump(Now);
        }
    }

    private void Pump(TimeSpan now)
    {
        _waiting.Ripen(now);
        while (_waiting.AnyReady && IsOpen(now))
        {
            // A wait that was cancelled takes no turn.
            if (_waiting.TakeReady().TrySetResult(new Turn(true, _round)))
            {
                _sending++;
            }
        }

        SetTimer(now);
    }

    private void SetTimer(TimeSpan now)
    {
        TimeSpan next = _waiting.AnyReady && _pausedUntil > now ? _pausedUntil : TimeSpan.MaxValue;
        if (_waiting.NextDue is { } due && due < next)
        {
            next = due;
        }

        if (next < TimeSpan.MaxValue)
        {
            // A millisecond more: a timer may be early by less, and would find nobody due.
            _timer.Change(next > now ? next - now + TimeSpan.FromMilliseconds(1) : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
    }
}
