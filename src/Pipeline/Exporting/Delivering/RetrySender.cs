using OpencodeOtel.Otlp;
using OpencodeOtel.Otlp.Model;

namespace OpencodeOtel.Pipeline.Exporting.Delivering;

/// <summary>Sends a request again while that may help: after a delay, in turn with the others, until its time is up or the program stops.</summary>
/// <remarks>
/// A result of <see cref="SendOutcome.Retryable"/> means here that trying has ended: the request may be stored, or is lost. While a
/// request waits it holds no thread and no place among the concurrent ones. All attempts send the same bytes.
/// </remarks>
internal sealed class RetrySender(
    IPayloadSender inner, DestinationGate gate, RetryPolicy policy, Random random, DeliveryAccount account, FailureLog failures, bool keepsWhatFails = false) : IPayloadSender
{
    private long _orders;

    /// <inheritdoc/>
    public WireForm Form => inner.Form;

    /// <inheritdoc/>
    public Task PrepareAsync(CancellationToken cancellationToken) => inner.PrepareAsync(cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<SendResult> SendAsync(ExportRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        long order = Interlocked.Increment(ref _orders);
        await inner.PrepareAsync(cancellationToken).ConfigureAwait(false);
        TimeSpan deadline = policy.Budget <= TimeSpan.Zero ? TimeSpan.MaxValue : gate.Now + policy.Budget;
        TimeSpan due = TimeSpan.Zero;
        RetryBackoff? backoff = null;
        SendResult? last = null;
        while (true)
        {
            Turn turn = await gate.EnterAsync(order, due, deadline, cancellationToken).ConfigureAwait(false);
            if (!turn.IsGranted)
            {
                return last ?? gate.LastFailure;
            }

            account.CountAttempt(request.Body.Length, isRetry: last is not null);
            SendResult result = await SendOnceAsync(request, turn, cancellationToken).ConfigureAwait(false);
            account.CountOnWire(result.BytesOnWire ?? request.Body.Length);
            if (result.Outcome != SendOutcome.Retryable)
            {
                return result;
            }

            backoff ??= new RetryBackoff(policy, random);
            due = gate.Now + backoff.Next(result.RetryDelay);
            if (!MayRetry(in result, due, deadline))
            {
                return result;
            }

            failures.Report(FailureKind.Retried, request.Signal, request.ItemCount, result.Message);
            last = result;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private async ValueTask<SendResult> SendOnceAsync(ExportRequest request, Turn turn, CancellationToken cancellationToken)
    {
        SendResult? result = null;
        try
        {
            result = await inner.SendAsync(request, cancellationToken).ConfigureAwait(false);
            return result.Value;
        }
        finally
        {
            gate.Leave(in turn, result);
        }
    }

    /// <summary>When stopping, a request that can be kept is not tried twice, nor one whose destination is not there; a busy one is asked until the end.</summary>
    private bool MayRetry(in SendResult result, TimeSpan due, TimeSpan deadline) => policy.Budget != TimeSpan.Zero
        && (gate.StopAt is { } stopAt ? !keepsWhatFails && !result.IsUnreachable && due < stopAt : due < deadline);
}
