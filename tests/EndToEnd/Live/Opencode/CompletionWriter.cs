using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace OpencodeOtel.EndToEnd.Live.Opencode;

/// <summary>Writes an answer in the form of OpenAI's chat completions, streamed if the request asks for that.</summary>
internal sealed class CompletionWriter(HttpResponse response, JsonElement request, int number, CancellationToken cancellationToken)
{
    private readonly string _id = $"chatcmpl-{number}";
    private readonly string _model = request.GetProperty("model").GetString()!;

    /// <summary>Writes the whole answer.</summary>
    public async Task WriteAsync(ModelAnswer answer)
    {
        if (answer.Status != 0)
        {
            await WriteErrorAsync(answer);
        }
        else if (request.TryGetProperty("stream", out JsonElement stream) && stream.GetBoolean())
        {
            await WriteStreamAsync(answer);
        }
        else
        {
            response.ContentType = "application/json";
            await WriteAsync(string.Empty, json => WriteWhole(json, answer), string.Empty);
        }
    }

    private static string Finish(ModelAnswer answer) => answer.Tools.Count > 0 ? "tool_calls" : "stop";

    private async Task WriteErrorAsync(ModelAnswer answer)
    {
        response.StatusCode = answer.Status;
        response.ContentType = "application/json";
        if (answer.RetryAfter is { } seconds)
        {
            response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        await WriteAsync(string.Empty, json =>
        {
            json.WriteStartObject("error");
            json.WriteString("message", $"scripted error {answer.Status}");
            json.WriteString("type", "scripted");
            json.WriteEndObject();
        }, string.Empty);
    }

    private async Task WriteStreamAsync(ModelAnswer answer)
    {
        response.ContentType = "text/event-stream";
        await WriteChunkAsync(json =>
        {
            json.WriteString("role", "assistant");
            json.WriteString("content", string.Empty);
        });
        foreach (string piece in answer.Text.Chunk(16).Select(chars => new string(chars)))
        {
            await WriteChunkAsync(json => json.WriteString("content", piece));
        }

        await answer.Until.WaitAsync(cancellationToken);
        for (int i = 0; i < answer.Tools.Count; i++)
        {
            int index = i;
            await WriteChunkAsync(json => WriteCalls(json, answer.Tools[index], index));
        }

        await WriteChunkAsync(_ => { }, Finish(answer));
        await WriteAsync("data: ", json =>
        {
            WriteHead(json, "chat.completion.chunk");
            json.WriteStartArray("choices");
            json.WriteEndArray();
            WriteUsage(json, answer.Usage);
        }, "\n\n");
        await response.WriteAsync("data: [DONE]\n\n", cancellationToken);
    }

    private Task WriteChunkAsync(Action<Utf8JsonWriter> delta, string? finish = null) => WriteAsync("data: ", json =>
    {
        WriteHead(json, "chat.completion.chunk");
        json.WriteStartArray("choices");
        json.WriteStartObject();
        json.WriteNumber("index", 0);
        json.WriteStartObject("delta");
        delta(json);
        json.WriteEndObject();
        json.WriteString("finish_reason", finish);
        json.WriteEndObject();
        json.WriteEndArray();
    }, "\n\n");

    private void WriteWhole(Utf8JsonWriter json, ModelAnswer answer)
    {
        WriteHead(json, "chat.completion");
        json.WriteStartArray("choices");
        json.WriteStartObject();
        json.WriteNumber("index", 0);
        json.WriteStartObject("message");
        json.WriteString("role", "assistant");
        json.WriteString("content", answer.Text);
        json.WriteEndObject();
        json.WriteString("finish_reason", Finish(answer));
        json.WriteEndObject();
        json.WriteEndArray();
        WriteUsage(json, answer.Usage);
    }

    private void WriteHead(Utf8JsonWriter json, string type)
    {
        json.WriteString("id", _id);
        json.WriteString("object", type);
        json.WriteNumber("created", TimeProvider.System.GetUtcNow().ToUnixTimeSeconds());
        json.WriteString("model", _model);
    }

    private void WriteCalls(Utf8JsonWriter json, ModelToolCall call, int index)
    {
        json.WriteStartArray("tool_calls");
        json.WriteStartObject();
        json.WriteNumber("index", index);
        json.WriteString("id", $"call_{number}_{index}");
        json.WriteString("type", "function");
        json.WriteStartObject("function");
        json.WriteString("name", call.Name);
        json.WriteString("arguments", call.Arguments);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteUsage(Utf8JsonWriter json, ModelUsage usage)
    {
        json.WriteStartObject("usage");
        json.WriteNumber("prompt_tokens", usage.Prompt);
        json.WriteNumber("completion_tokens", usage.Completion);
        json.WriteNumber("total_tokens", usage.Prompt + usage.Completion);
        json.WriteStartObject("prompt_tokens_details");
        json.WriteNumber("cached_tokens", usage.Cached);
        json.WriteEndObject();
        json.WriteStartObject("completion_tokens_details");
        json.WriteNumber("reasoning_tokens", usage.Reasoning);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private async Task WriteAsync(string before, Action<Utf8JsonWriter> content, string after)
    {
        using var bytes = new MemoryStream();
        await using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            content(json);
            json.WriteEndObject();
        }

        await response.WriteAsync(before, cancellationToken);
        await response.Body.WriteAsync(bytes.ToArray(), cancellationToken);
        await response.WriteAsync(after, cancellationToken);
        await response.Body.FlushAsync(cancellationToken);
    }
}
