using System.Globalization;
using System.Net;
using OpencodeOtel.Otlp;
using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Configuration;

namespace OpencodeOtel.Pipeline.Exporting;

/// <summary>What an HTTP answer means: <see href="https://github.com/open-telemetry/opentelemetry-proto/blob/v1.8.0/docs/specification.md#otlphttp-response"/>.</summary>
internal static class HttpOutcome
{
    // As for RetryInfo: beyond it, the server is taken to be wrong, not patient.
    private static readonly TimeSpan LongestDelay = TimeSpan.FromDays(1);

    /// <summary>Maps an answer by its status alone; the body only adds words.</summary>
    /// <param name="response">The answer's head.</param>
    /// <param name="body">What was read of its body; <see langword="null"/> when it was longer than is read.</param>
    /// <param name="request">What was sent.</param>
    /// <param name="destination">Where to.</param>
    /// <param name="now">The time of the answer.</param>
    public static SendResult Read(HttpResponseMessage response, ReadOnlyMemory<byte>? body, ExportRequest request, OtlpDestination destination, DateTimeOffset now)
    {
        string? mediaType = response.Content.Headers.ContentType?.MediaType;
        if (response.IsSuccessStatusCode)
        {
            return body is { } answer
                ? Accepted(answer.Span, FormOf(mediaType, request.Form), request, destination)
                : new SendResult(SendOutcome.Accepted, Message: TooLong(destination));
        }

        int status = (int)response.StatusCode;
        string where = TransportFailure.Where(destination);
        string line = string.Create(CultureInfo.InvariantCulture, $"{where} answered {status}");
        if (status is >= 300 and < 400)
        {
            string target = response.Headers.Location is { } location ? $" to {ShownText.OfAddress(location)}" : string.Empty;
            return new SendResult(SendOutcome.Refused, Message: $"{line}, a redirect{target}, which is not followed; set the endpoint to where the server is");
        }

        if (body is not { } error)
        {
            return new SendResult(SendOutcome.Refused, Message: $"{line}, and {TooLong(destination)}");
        }

        string? words = ServerText.Clean(ReadMessage(error.Span, mediaType), destination, request.Body.Span);
        line = words is null ? line : $"{line}: {words}";
        return response.StatusCode switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => new SendResult(SendOutcome.Unauthenticated, Message: line),
            HttpStatusCode.RequestEntityTooLarge => new SendResult(SendOutcome.TooLarge, Message: line),
            HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout =>
                new SendResult(SendOutcome.Retryable, Message: line, RetryDelay: ReadRetryAfter(response, now)),
            _ => new SendResult(SendOutcome.Refused, Message: line),
        };
    }

    /// <summary>The result of a taken request.</summary>
    public static SendResult Accepted(in ExportResponse answer, ExportRequest request, OtlpDestination destination)
    {
        string? words = ServerText.Clean(answer.ErrorMessage, destination, request.Body.Span);
        string where = TransportFailure.Where(destination);
        return answer.RejectedItems > 0 ? new SendResult(SendOutcome.Accepted, answer.RejectedItems, $"{where}: {words ?? "no reason given"}")
            : words is null ? new SendResult(SendOutcome.Accepted)
            : new SendResult(SendOutcome.Accepted, Message: $"{where}: {words}");
    }

    private static SendResult Accepted(ReadOnlySpan<byte> body, WireForm? form, ExportRequest request, OtlpDestination destination) =>
        body.IsEmpty || form is not { } known ? new SendResult(SendOutcome.Accepted) : Accepted(ExportResponse.Read(body, known, request.Signal), request, destination);

    /// <summary>The form of a body; without a content type that of the request, <see langword="null"/> for a type that is not OTLP's.</summary>
    private static WireForm? FormOf(string? mediaType, WireForm fallback) =>
        mediaType is null ? fallback
        : mediaType.Equals(HttpPayloadSender.ProtobufType, StringComparison.OrdinalIgnoreCase) ? WireForm.Protobuf
        : mediaType.Equals(HttpPayloadSender.JsonType, StringComparison.OrdinalIgnoreCase) ? WireForm.Json
        : null;

    private static string? ReadMessage(ReadOnlySpan<byte> body, string? mediaType)
    {
        if (body.IsEmpty || mediaType is null)
        {
            return null;
        }

        if (FormOf(mediaType, WireForm.Protobuf) is { } form)
        {
            return RpcStatus.TryRead(body, form, out RpcStatus status) ? status.Message : null;
        }

        // Proxies and plain servers explain themselves in text; a page of HTML says nothing in a line.
        return mediaType.Equals("text/plain", StringComparison.OrdinalIgnoreCase)
            ? System.Text.Encoding.UTF8.GetString(body[..Math.Min(body.Length, 1024)])
            : null;
    }

    /// <summary>Seconds or one of the three date forms; a time that is not in the future says nothing, nor one further off than a day.</summary>
    private static TimeSpan? ReadRetryAfter(HttpResponseMessage response, DateTimeOffset now)
    {
        TimeSpan? delay = response.Headers.RetryAfter is { } after ? after.Delta ?? (after.Date - now) : null;
        return delay > TimeSpan.Zero && delay <= LongestDelay ? delay : null;
    }

    private static string TooLong(OtlpDestination destination) =>
        string.Create(CultureInfo.InvariantCulture, $"the answer is longer than {destination.ResponseLimitBytes} bytes and was not read");
}
