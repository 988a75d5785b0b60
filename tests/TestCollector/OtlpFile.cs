using OpencodeOtel.TestCollector.Reading;

namespace OpencodeOtel.TestCollector;

/// <summary>Reads what a file exporter wrote: <c>traces.jsonl</c>, <c>metrics.jsonl</c> and <c>logs.jsonl</c>.</summary>
public static class OtlpFile
{
    /// <summary>Reads every line as a request, the file of one signal after the other; a file may be missing.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such directory.</exception>
    /// <exception cref="InvalidDataException">A line is not a complete message ended by a line feed.</exception>
    public static async Task<IReadOnlyList<ReceivedRequest>> ReadAsync(
        string directory, CancellationToken cancellationToken = default)
    {
        if (!Directory.Exists(directory))
        {
            throw new DirectoryNotFoundException($"There is no directory {directory}.");
        }

        var requests = new List<ReceivedRequest>();
        foreach (SignalSchema schema in SignalSchema.All)
        {
            string path = Path.Combine(directory, schema.FileName);
            if (File.Exists(path))
            {
                byte[] content = await File.ReadAllBytesAsync(path, cancellationToken);
                AddLines(requests, schema, content);
            }
        }

        return requests;
    }

    private static void AddLines(List<ReceivedRequest> requests, SignalSchema schema, ReadOnlyMemory<byte> content)
    {
        for (int line = 1; !content.IsEmpty; line++)
        {
            int length = content.Span.IndexOf((byte)'\n');
            if (length < 0)
            {
                throw new InvalidDataException($"{schema.FileName}, line {line}: no line feed at the end.");
            }

            requests.Add(ReadLine(requests.Count, schema, line, content[..length]));
            content = content[(length + 1)..];
        }
    }

    private static ReceivedRequest ReadLine(int order, SignalSchema schema, int line, ReadOnlyMemory<byte> body)
    {
        try
        {
            return new ReceivedRequest
            {
                Order = order,
                Signal = schema.Signal,
                Transport = OtlpTransport.File,
                ContentType = "application/json",
                Headers = new Dictionary<string, string>(),
                Body = body,
                Message = RequestReader.ReadJson(schema.Request, body),
            };
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"{schema.FileName}, line {line}: {e.Message}", e);
        }
    }
}
