namespace OpencodeOtel.Pipeline.Exporting;

/// <summary>The result of sending one payload once.</summary>
/// <param name="Outcome">What the destination made of it.</param>
/// <param name="RejectedItems">Items rejected by a partial success; never negative, never more than were sent.</param>
/// <param name="Message">What to tell a person: status and the server's message; no secret. <see langword="null"/> when there is nothing to tell.</param>
/// <param name="RetryDelay">How long to wait, as the server asks or because nothing can have changed before; <see langword="null"/> when nothing says.</param>
/// <param name="IsUnreachable">Whether there was no connection at all, so that the same is to be expected a moment later.</param>
/// <param name="BytesOnWire">The size of the body as sent; <see langword="null"/> for that of the request.</param>
/// <param name="Status">The answer's status: of HTTP, or gRPC's by its number; <see langword="null"/> when there was no answer.</param>
/// <param name="MediaType">The content type of an HTTP answer, without parameters; <see langword="null"/> when there is none.</param>
internal readonly record struct SendResult(
    SendOutcome Outcome,
    long RejectedItems = 0,
    string? Message = null,
    TimeSpan? RetryDelay = null,
    bool IsUnreachable = false,
    long? BytesOnWire = null,
    int? Status = null,
    string? MediaType = null);
