using OpencodeOtel.Otlp;
using OpencodeOtel.Otlp.Model;

namespace OpencodeOtel.Pipeline.Exporting.Delivering;

/// <summary>Sends; once in haste, it waits for the answer to a request only a moment after that is written.</summary>
/// <remarks>
/// The moment is for the server: who closes a connection, or resets a call, right behind a request may have it thrown away. Beyond that
/// it ends with <see cref="OperationCanceledException"/>, and nobody knows whether the request was taken.
/// </remarks>
internal sealed class HastySender(IPayloadSender inner, TimeProvider time) : IPayloadSender
{
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(250);

    private readonly CancellationTokenSource _haste = new();

    /// <inheritdoc/>
    public WireForm Form => inner.Form;

    /// <summary>Waits no longer than a moment for answers, from now on.</summary>
    public Task HurryAsync() => _haste.CancelAsync();

    /// <inheritdoc/>
    public Task PrepareAsync(CancellationToken cancellationToken) => inner.PrepareAsync(cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<SendResult> SendAsync(ExportRequest request, CancellationToken cancellationToken)
    {
        using Attempt attempt = new(time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(attempt.GivenUp, cancellationToken);
        using CancellationTokenRegistration haste = _haste.Token.UnsafeRegister(static attempt => ((Attempt)attempt!).Hurry(), attempt);
        return await inner.SendAsync(request, attempt.Written, either.Token).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _haste.Dispose();
        return inner.DisposeAsync();
    }

    /// <summary>One request under way. What is told of it may come from any thread, also when it is over.</summary>
    private sealed class Attempt(TimeProvider time) : IDisposable
    {
        private readonly Lock _lock = new();
        private readonly CancellationTokenSource _givenUp = new(Timeout.InfiniteTimeSpan, time);
        private bool _isWritten;
        private bool _isHasty;
        private bool _isOver;

        /// <summary>Gets what is cancelled when the answer is no longer waited for.</summary>
        public CancellationToken GivenUp => _givenUp.Token;

        /// <summary>Notes that the request is written.</summary>
        public void Written() => Note(ref _isWritten);

        /// <summary>Notes that there is haste.</summary>
        public void Hurry() => Note(ref _isHasty);

        /// <inheritdoc/>
        public void Dispose()
        {
            lock (_lock)
            {
                _isOver = true;
                _givenUp.Dispose();
            }
        }

        private void Note(ref bool what)
        {
            lock (_lock)
            {
                what = true;
                if (_isWritten && _isHasty && !_isOver)
                {
                    _givenUp.CancelAfter(Grace);
                }
            }
        }
    }
}
