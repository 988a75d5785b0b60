using Google.Protobuf;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using OpencodeOtel.TestCollector.Reading;

namespace OpencodeOtel.TestCollector.Serving;

/// <summary>What both transports do with a request: keep it, ask the test's script, and note the outcome.</summary>
internal sealed class Exchange(Inbox inbox, CancellationToken stopping)
{
    private static readonly ScriptedAnswer Success = new();
    private Func<ReceivedRequest, ScriptedAnswer?>? _script;
    private Func<OtlpTransport, bool>? _cutsUnread;

    /// <summary>Gets or sets the test's script; null answers success to everything.</summary>
    public Func<ReceivedRequest, ScriptedAnswer?>? Script
    {
        get => Volatile.Read(ref _script);
        set => Volatile.Write(ref _script, value);
    }

    /// <summary>Gets or sets whether a request is cut off before it is read; null for never.</summary>
    public Func<OtlpTransport, bool>? CutsUnread
    {
        get => Volatile.Read(ref _cutsUnread);
        set => Volatile.Write(ref _cutsUnread, value);
    }

    /// <summary>Takes a request in and returns the answer when it is time to give it.</summary>
    /// <exception cref="InvalidDataException">The body cannot be read; that is noted, too.</exception>
    /// <exception cref="OperationCanceledException">The client went away, or the server is stopping.</exception>
    public async Task<ScriptedAnswer> TakeAsync(
        HttpContext http, SignalSchema schema, OtlpTransport transport, bool json, byte[] body)
    {
        string contentType = http.Request.ContentType ?? "";
        IMessage message;
        try
        {
            message = json
                ? RequestReader.ReadJson(schema.Request, body)
                : RequestReader.ReadProtobuf(schema.Request, body);
        }
        catch (InvalidDataException e)
        {
            inbox.Refuse(new RefusedRequest(schema.Signal, transport, contentType, e.Message));
            throw;
        }

        Dictionary<string, string> headers = http.Request.Headers
            .ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        ReceivedRequest request = inbox.Add(order => new ReceivedRequest
        {
            Order = order,
            Signal = schema.Signal,
            Transport = transport,
            ContentType = contentType,
            Headers = headers,
            Body = body,
            Message = message,
        });
        return await AnswerAsync(request, http);
    }

    private async Task<ScriptedAnswer> AnswerAsync(ReceivedRequest request, HttpContext http)
    {
        ScriptedAnswer answer = Script?.Invoke(request) ?? Success;
        if (answer.Until is { } until)
        {
            using var gone = CancellationTokenSource.CreateLinkedTokenSource(stopping, http.RequestAborted);
            await until.WaitAsync(gone.Token);
        }

        if (answer.EndsConnection)
        {
            http.Features.GetRequiredFeature<IConnectionLifetimeNotificationFeature>().RequestClose();
        }

        if (answer.Accepts(request.Transport))
        {
            inbox.Accept(request);
        }

        if (answer.Loss != ScriptedLoss.None)
        {
            throw new OperationCanceledException("The script wants no answer to be given.");
        }

        return answer;
    }
}
