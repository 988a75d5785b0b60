using OpencodeOtel.Otlp;
using OpencodeOtel.Otlp.Model;

namespace OpencodeOtel.Pipeline.Exporting.Credentials;

/// <summary>Sends with the headers of a helper. Where they are refused it asks for others and sends the same payload once more; that is final.</summary>
/// <param name="inner">Sends once; owned.</param>
/// <param name="credentials">The headers; shared, and disposed of with the first of its senders: then no other sends.</param>
/// <param name="account">Where the second attempt is counted.</param>
internal sealed class CredentialSender(IPayloadSender inner, HelperCredentials credentials, DeliveryAccount account) : IPayloadSender
{
    /// <inheritdoc/>
    public WireForm Form => inner.Form;

    /// <inheritdoc/>
    public Task PrepareAsync(CancellationToken cancellationToken) => credentials.PrepareAsync(cancellationToken);

    /// <inheritdoc/>
    public ValueTask<SendResult> SendAsync(ExportRequest request, CancellationToken cancellationToken) =>
        SendAsync(request, static () => { }, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<SendResult> SendAsync(ExportRequest request, Action written, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        int generation = credentials.Generation;
        SendResult refused = await inner.SendAsync(request, written, cancellationToken).ConfigureAwait(false);
        if (refused.Outcome != SendOutcome.Unauthenticated)
        {
            return refused;
        }

        HelperRenewal renewal = await credentials.RenewAsync(generation, cancellationToken).ConfigureAwait(false);
        if (!renewal.IsRenewed)
        {
            return renewal.Failure is null ? refused : refused with
            {
                Outcome = SendOutcome.Retryable,
                Message = $"{refused.Message}; {renewal.Failure}",
                RetryDelay = renewal.RetryDelay,
            };
        }

        account.CountOnWire(refused.BytesOnWire ?? request.Body.Length);
        account.CountAttempt(request.Body.Length, isRetry: true);
        generation = credentials.Generation;
        SendResult last = await inner.SendAsync(request, written, cancellationToken).ConfigureAwait(false);
        if (last.Outcome != SendOutcome.Unauthenticated)
        {
            return last;
        }

        credentials.CountRefused(generation);
        return last with { Message = $"{last.Message}; so it did before the headers helper was run again" };
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await credentials.DisposeAsync().ConfigureAwait(false);
        await inner.DisposeAsync().ConfigureAwait(false);
    }
}
