using OpencodeOtel.Otlp;
using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Configuration;
using OpencodeOtel.Pipeline.Exporting;

namespace OpencodeOtel.Pipeline.Checking;

/// <summary>Whether a server takes a signal: it is sent a request without records.</summary>
internal static class ExportCheck
{
    /// <summary>What the check of a signal is called.</summary>
    public static string CheckOf(Signal signal) => $"{CheckText.Of(signal)} accepted";

    /// <summary>Sends the request once.</summary>
    /// <param name="sender">Who sends; within the limit of a check.</param>
    /// <param name="signal">The signal.</param>
    /// <param name="destination">Where it sends to.</param>
    /// <param name="time">The real clock.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<CheckResult> RunAsync(
        IPayloadSender sender, Signal signal, OtlpDestination destination, TimeProvider time, CancellationToken cancellationToken)
    {
        ExportRequest request = ExportRequest.Empty(signal, sender.Form);
        long start = time.GetTimestamp();
        SendResult result = await sender.SendAsync(request, cancellationToken).ConfigureAwait(false);
        string took = CheckText.Elapsed(time.GetElapsedTime(start));
        request.Release();
        bool isPage = ExportHint.IsPage(result);
        bool isTaken = result.Outcome == SendOutcome.Accepted && !isPage;
        string detail = isPage && result.Outcome == SendOutcome.Accepted ? $"answered {result.Status} with a web page, as no OTLP server does"
            : isTaken ? $"{NameOf(result, destination)} in {took}{(result.Message is null ? string.Empty : $", and says: {CheckText.Less(result.Message, destination)}")}"
            : CheckText.Less(result.Message, destination);
        return new CheckResult(
            CheckOf(signal),
            TransportFailure.Where(destination),
            isTaken ? CheckStatus.Ok : CheckStatus.Failed,
            detail,
            isTaken ? null : ExportHint.Of(result, signal, destination));
    }

    private static string NameOf(SendResult result, OtlpDestination destination) =>
        destination.Protocol == OtlpProtocol.Grpc ? "OK" : $"{result.Status}";
}
