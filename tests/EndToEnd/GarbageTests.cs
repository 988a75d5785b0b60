using System.Text;
using OpencodeOtel.EndToEnd.Support;

namespace OpencodeOtel.EndToEnd;

public sealed class GarbageTests
{
    private static readonly byte[] Jpeg =
        [0xFF, 0xD8, 0xFF, 0xE0, 0, 0x10, (byte)'J', (byte)'F', (byte)'I', (byte)'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0, 0xFF, 0xDB, 0, 0x43, 0, 0x0A, 8, 7];

    public static TheoryData<string> Kinds => ["random bytes", "a JPEG", "words", "half an event", "an array", "deep nesting"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Garbage_is_survived_and_said(string kind)
    {
        CliResult result = await PipeAsync(Garbage(kind));

        Assert.Equal(0, result.ExitCode);
        Assert.True(result.Account.Events("bad") > 0, result.Error);
        Assert.Contains("line 1", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_input_is_no_event()
    {
        CliResult result = await PipeAsync([]);

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(0, result.Account.Events("read"));
        Assert.Equal(0, result.Account.Records("spans"));
    }

    [Fact]
    public async Task A_line_of_100_megabytes_is_skipped_and_what_follows_is_read()
    {
        byte[] line = Encoding.UTF8.GetBytes("data: {\"type\":\"" + new string('x', 100_000_000) + "\"}\n\n");

        CliResult result = await PipeAsync([.. line, .. Recordings.Read("01-chat.event.sse")]);

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(1, result.Account.Events("bad"));
        Assert.Equal(1, result.Account.Records("spans") > 0 ? 1 : 0);
        Assert.Contains("line 1", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Good_events_between_garbage_are_read()
    {
        byte[] recording = Recordings.Read("01-chat.event.sse");
        CliResult clean = await PipeAsync(recording);

        CliResult dirty = await PipeAsync([.. Jpeg, (byte)'\n', .. recording, .. "\n{\"id\":1\n"u8]);

        Assert.Equal(clean.Account.Records("spans"), dirty.Account.Records("spans"));
        Assert.Equal(clean.Account.Records("logs"), dirty.Account.Records("logs"));
        Assert.True(dirty.Account.Events("bad") >= 2);
    }

    private static Task<CliResult> PipeAsync(byte[] input) => CliProcess.RunAsync(
        ["pipe", "--enable", "--exporter", "none", "--report", "json"], input);

    private static byte[] Garbage(string kind)
    {
        switch (kind)
        {
            case "random bytes":
                var random = new byte[100_000];
                new Random(17).NextBytes(random);
                return random;
            case "a JPEG":
                return Jpeg;
            case "words":
                return "To be or not to be\nthat is the question\n"u8.ToArray();
            case "half an event":
                return "data: {\"id\":\"evt_1\",\"type\":\"session.created\",\"properties\":{\"info\":{\"id\":\n\n"u8.ToArray();
            case "an array":
                return "data: [1,2,3]\n\n"u8.ToArray();
            default:
                return Encoding.UTF8.GetBytes(
                    "{\"type\":\"session.created\",\"properties\":" + new string('[', 10_000) + new string(']', 10_000) + "}\n");
        }
    }
}
