using OpencodeOtel.Otlp;
using OpencodeOtel.Otlp.Model;

namespace OpencodeOtel.Pipeline.Exporting.Delivering;

/// <summary>Takes a request to its end: sends it, splits it where it is too large, stores what cannot be delivered, and counts each record once.</summary>
/// <param name="sender">Sends, again and again if that is the policy.</param>
/// <param name="queue">Where the memory of requests is counted.</param>
/// <param name="store">Keeps what cannot be delivered; <see langword="null"/> for nowhere.</param>
/// <param name="account">Where fates are counted.</param>
/// <param name="failures">Where failures are said.</param>
internal sealed class Delivery(IPayloadSender sender, RequestQueue queue, IRequestStore? store, DeliveryAccount account, FailureLog failures)
{
    /// <summary>Delivers a request that the queue counts, and releases the one hold on it. Never throws.</summary>
    public async Task DeliverAsync(ExportRequest request, CancellationToken abandon)
    {
        SendResult? sent = await SendAsync(request, abandon).ConfigureAwait(false);
        if (sent is not { } result)
        {
            await KeepAsync(request, Fate.Dropped, FailureKind.ShutDown, "not answered before stopping (--shutdown-timeout, --no-wait)").ConfigureAwait(false);
        }
        else if (result.Outcome == SendOutcome.Retryable)
        {
            await KeepAsync(request, Fate.Expired, FailureKind.Unavailable, result.Message).ConfigureAwait(false);
        }
        else if (result.Outcome == SendOutcome.TooLarge && ExportRequestSplitter.TrySplit(request, out ExportRequest? first, out ExportRequest? second))
        {
            queue.Adopt(first!);
            queue.Adopt(second!);
            Finish(request);
            await DeliverAsync(first!, abandon).ConfigureAwait(false);
            await DeliverAsync(second!, abandon).ConfigureAwait(false);
        }
        else
        {
            Settle(request, in result, account);
            Finish(request);
        }
    }

    /// <summary>Delivers a request that comes from a store, and goes back there as it is if nothing of it could be settled.</summary>
    /// <inheritdoc cref="IStoredRequestTarget.DeliverAsync"/>
    public async Task<bool> DeliverStoredAsync(ExportRequest request, DeliveryAccount fates, Func<ExportRequest, Task<bool>> keepPart, CancellationToken cancellationToken)
    {
        if (await SendAsync(request, cancellationToken).ConfigureAwait(false) is not { } result || result.Outcome == SendOutcome.Retryable)
        {
            return false;
        }

        if (result.Outcome == SendOutcome.TooLarge && ExportRequestSplitter.TrySplit(request, out ExportRequest? first, out ExportRequest? second))
        {
            bool settled = await DeliverHalvesAsync(first!, second!, fates, keepPart, cancellationToken).ConfigureAwait(false);
            first!.Release();
            second!.Release();
            return settled;
        }

        Settle(request, in result, fates);
        return true;
    }

    /// <summary>Stores a request that cannot be delivered, else counts its records under <paramref name="fate"/>; it is at its end in either case.</summary>
    public async Task KeepAsync(ExportRequest request, Fate fate, FailureKind kind, string? why, bool mayStore = true)
    {
        bool kept = mayStore && await StoreAsync(request).ConfigureAwait(false);
        account.Settle(request.Signal, kept ? Fate.Spooled : fate, request.ItemCount);
        failures.Report(kept ? FailureKind.Spooled : kind, request.Signal, request.ItemCount, why);
        Finish(request);
    }

    /// <summary>Delivers the halves of a stored request.</summary>
    /// <returns>Whether any of it is settled; a half that is not is kept by itself then, so that the other is not sent twice.</returns>
    private async Task<bool> DeliverHalvesAsync(
        ExportRequest first, ExportRequest second, DeliveryAccount fates, Func<ExportRequest, Task<bool>> keepPart, CancellationToken cancellationToken)
    {
        bool firstSettled = await DeliverStoredAsync(first, fates, keepPart, cancellationToken).ConfigureAwait(false);
        bool secondSettled = await DeliverStoredAsync(second, fates, keepPart, cancellationToken).ConfigureAwait(false);
        if (firstSettled != secondSettled)
        {
            ExportRequest rest = firstSettled ? second : first;
            if (!await keepPart(rest).ConfigureAwait(false))
            {
                fates.Settle(rest.Signal, Fate.Expired, rest.ItemCount);
                failures.Report(FailureKind.Unavailable, rest.Signal, rest.ItemCount, "a part of a stored request was neither taken nor could it be stored by itself");
            }
        }

        return firstSettled || secondSettled;
    }

    private async ValueTask<bool> StoreAsync(ExportRequest request)
    {
        try
        {
            return store is not null && await store.StoreAsync(request).ConfigureAwait(false);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            return false; // A fault of the store must not open the account.
        }
    }

    /// <summary>Sends; <see langword="null"/> when it was given up and nobody knows whether the request arrived.</summary>
    private async ValueTask<SendResult?> SendAsync(ExportRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await sender.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return null; // Given up by us, or by a sender in haste.
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            // A sender that throws is a bug; the account closes all the same, and the message of a foreign exception is not trusted.
            return new SendResult(SendOutcome.Refused, Message: $"unexpected error ({error.GetType().Name})");
        }
    }

    private void Settle(ExportRequest request, in SendResult result, DeliveryAccount fates)
    {
        Signal signal = request.Signal;
        long items = request.ItemCount;
        if (result.Outcome == SendOutcome.Accepted)
        {
            long rejected = Math.Clamp(result.RejectedItems, 0, items);
            fates.Settle(signal, Fate.Rejected, rejected);
            fates.Settle(signal, Fate.Delivered, items - rejected);
            if (rejected > 0 || result.Message is not null)
            {
                failures.Report(rejected > 0 ? FailureKind.Rejected : FailureKind.Warned, signal, rejected, result.Message);
            }

            return;
        }

        (Fate fate, FailureKind kind) = result.Outcome switch
        {
            SendOutcome.Unauthenticated => (Fate.Refused, FailureKind.Unauthenticated),
            SendOutcome.TooLarge => (Fate.TooLarge, FailureKind.TooLarge),
            _ => (Fate.Refused, FailureKind.Refused),
        };
        fates.Settle(signal, fate, items);
        failures.Report(kind, signal, items, result.Message);
    }

    private void Finish(ExportRequest request)
    {
        queue.Settle(request);
        request.Release();
    }
}
