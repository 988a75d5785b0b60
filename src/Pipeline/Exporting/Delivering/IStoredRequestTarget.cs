using OpencodeOtel.Otlp;

namespace OpencodeOtel.Pipeline.Exporting.Delivering;

/// <summary>The destination as a store sees it: the same senders, throttle, concurrency and retry that new requests have.</summary>
internal interface IStoredRequestTarget
{
    /// <summary>Sends a stored request, again and again while that may help; waits its turn behind the throttle of the destination.</summary>
    /// <param name="request">The request; borrowed until the task ends.</param>
    /// <param name="account">Where the fates of its records are counted, rejected and refused ones among them.</param>
    /// <param name="keepPart">
    /// Stores a part that could not be delivered while another part of the request was, and returns whether it is kept; the part is
    /// borrowed until the task ends.
    /// </param>
    /// <param name="cancellationToken">Gives up; the request is then as if never sent, although the destination may have it.</param>
    /// <returns>
    /// Whether every record of it is settled in <paramref name="account"/> or kept, and it may be forgotten; if not, nothing is counted and it
    /// is to be kept for another time: a while later, since the answer may come at once while the destination wants to be left alone.
    /// </returns>
    Task<bool> DeliverAsync(ExportRequest request, DeliveryAccount account, Func<ExportRequest, Task<bool>> keepPart, CancellationToken cancellationToken);
}
