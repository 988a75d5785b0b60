namespace OpencodeOtel.Pipeline.Enriching.Shell;

/// <summary>Finds the commits that a shell command line makes, if all of it runs.</summary>
internal static class GitCommitDetector
{
    private const int DepthLimit = 32;
    private const int DocumentLimit = 8;

    /// <summary>Whether it is worth reading the text: as it stands in JSON, too, for no letter of the word needs an escape.</summary>
    public static bool IsWorthReading(ReadOnlySpan<byte> json) => json.IndexOf("commit"u8) >= 0;

    /// <summary>How many times <c>git commit</c> stands in command position. UTF-8.</summary>
    public static int Count(ReadOnlySpan<byte> commandLine)
    {
        Span<HereDocument> documents = stackalloc HereDocument[DocumentLimit];
        Span<SimpleCommand> outer = stackalloc SimpleCommand[DepthLimit];
        var reader = new ShellReader(commandLine, documents);
        SimpleCommand command = default;
        int depth = 0;
        int count = 0;
        while (true)
        {
            switch (reader.Next())
            {
                case ShellToken.Word:
                    command.Take(reader.Word);
                    break;
                case ShellToken.Separator:
                    count += command.Finish() ? 1 : 0;
                    break;
                case ShellToken.Open when depth == outer.Length:
                    return count;
                case ShellToken.Open:
                    outer[depth++] = command;
                    command = default;
                    break;
                case ShellToken.Close:
                    count += command.Finish() ? 1 : 0;
                    command = depth > 0 ? outer[--depth] : default;
                    break;
                case ShellToken.End:
                    return count + (command.Finish() ? 1 : 0);
            }
        }
    }
}
