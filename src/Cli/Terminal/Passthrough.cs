namespace OpencodeOtel.Cli.Terminal;

/// <summary>Copies what is read to an output, unchanged and at once.</summary>
internal static class Passthrough
{
    /// <summary>The input, copied to <paramref name="output"/> as it is read. An output whose reader went away ends the input: whoever stood behind us in the pipe has enough.</summary>
    public static Stream Through(Stream input, Stream output) => new TappedStream(input, async (piece, cancellationToken) =>
    {
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
