namespace OpencodeOtel.Cli.Terminal;

/// <summary>Copies what is read to an output, unchanged and at once.</summary>
internal static class Passthrough
{
    /// <summary>The input, copied to <paramref name="output"/> as it is read. An output whose reader went away ends the input: whoever stood behind us in the pipe has enough.</summary>
    public static Stream Through(Stream input, Stream output) => new TappedStream(input, async (piece, cancellationToken) =>
    {
        // A console's stream writes on the thread of its caller. That one has signals to obey and telemetry to send, however slow the reader is.
        await Task.Yield();
        try
        {
            await output.WriteAsync(piece, cancellationToken);
            await output.FlushAsync(cancellationToken);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    });
}
