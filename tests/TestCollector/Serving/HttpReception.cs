using System.IO.Compression;
using System.Text;
using Google.Protobuf;
using Google.Rpc;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using OpencodeOtel.TestCollector.Reading;
using StatusCode = Grpc.Core.StatusCode;

namespace OpencodeOtel.TestCollector.Serving;

/// <summary>Takes an OTLP/HTTP request and answers it in the form that it had.</summary>
internal sealed class HttpReception(SignalSchema schema, Inbox inbox, Exchange exchange)
{
    private const string Protobuf = "application/x-protobuf";
    private const string Json = "application/json";
    private static readonly ScriptedHttp Success = new(StatusCodes.Status200OK);

    /// <summary>Handles one POST.</summary>
    public async Task HandleAsync(HttpContext http)
    {
        string encoding = http.Request.Headers.ContentEncoding.ToString();
        string? form = Form(http.Request.ContentType);
        if (form is null || encoding is not ("" or "identity" or "gzip" or "zstd"))
        {
            string reason = $"Cannot read content type '{http.Request.ContentType}', content encoding '{encoding}'.";
            inbox.Refuse(new RefusedRequest(schema.Signal, OtlpTransport.Http, http.Request.ContentType ?? "", reason));
            await FailAsync(http, form ?? Protobuf, StatusCodes.Status415UnsupportedMediaType, reason);
            return;
        }

        try
        {
            byte[] body = await ReadBodyAsync(http, encoding);
            ScriptedAnswer answer = await exchange.TakeAsync(http, schema, OtlpTransport.Http, form == Json, body);
            await AnswerAsync(http, form, answer);
        }
        catch (InvalidDataException e)
        {
            await FailAsync(http, form, StatusCodes.Status400BadRequest, e.Message);
        }
        catch (OperationCanceledException)
        {
            http.Abort(); // The client is gone, or the server goes: nobody is answered.
        }
    }

    private static string? Form(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out MediaTypeHeaderValue? type)
            ? type.MediaType.Value?.ToLowerInvariant() switch
            {
                Protobuf => Protobuf,
                Json => Json,
                _ => null,
            }
            : null;

    private async Task<byte[]> ReadBodyAsync(HttpContext http, string encoding)
    {
        using var body = new MemoryStream();
        try
        {
            await using Stream input = encoding switch
            {
                "gzip" => new GZipStream(http.Request.Body, CompressionMode.Decompress),
                "zstd" => new ZstdSharp.DecompressionStream(http.Request.Body),
                _ => http.Request.Body,
            };
            await input.CopyToAsync(body, http.RequestAborted);
        }
        catch (InvalidDataException e)
        {
            inbox.Refuse(new RefusedRequest(schema.Signal, OtlpTransport.Http, http.Request.ContentType!, e.Message));
            throw;
        }

        return body.ToArray();
    }

    private Task AnswerAsync(HttpContext http, string form, ScriptedAnswer answer)
    {
        ScriptedHttp scripted = answer.Http ?? Success;
        foreach ((string name, string value) in scripted.Headers)
        {
            http.Response.Headers.Append(name, value);
        }

        if (scripted.Body is { } body)
        {
            return WriteAsync(http, scripted.Status, scripted.ContentType, body);
        }

        return answer.Accepts(OtlpTransport.Http)
            ? WriteAsync(http, scripted.Status, form, Bytes(schema.Respond(answer.PartialSuccess), form))
            : FailAsync(http, form, scripted.Status, scripted.Message);
    }

    private static Task FailAsync(HttpContext http, string form, int status, string message)
    {
        // A client may not depend on the code, so any will do.
        var error = new Status { Code = (int)StatusCode.InvalidArgument, Message = message };
        return WriteAsync(http, status, form, Bytes(error, form));
    }

    private static byte[] Bytes(IMessage message, string form) =>
        form == Json ? Encoding.UTF8.GetBytes(JsonFormatter.Default.Format(message)) : message.ToByteArray();

    private static async Task WriteAsync(HttpContext http, int status, string? contentType, ReadOnlyMemory<byte> body)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = contentType;
        http.Response.ContentLength = body.Length;
        await http.Response.Body.WriteAsync(body, http.RequestAborted);
    }
}
