using System.Diagnostics;
using System.Globalization;
using System.Text;
using OpencodeOtel.EndToEnd.Support;
using OpencodeOtel.TestCollector;

namespace OpencodeOtel.EndToEnd;

/// <summary>Kills the program at random moments, again and again, in one spool directory.</summary>
/// <remarks>OPENCODE_OTEL_KILLS sets how often; the default keeps the suite short.</remarks>
public sealed class SpoolKillTests
{
    private const int DefaultKills = 12;
    private const int LongestLifeMilliseconds = 400;

    private static readonly int Kills =
        int.TryParse(Environment.GetEnvironmentVariable("OPENCODE_OTEL_KILLS"), CultureInfo.InvariantCulture, out int kills) ? kills : DefaultKills;

    [Fact]
    public async Task Item_074_After_kill_9_at_any_moment_all_that_is_in_the_spool_is_delivered_by_the_next_process()
    {
        using var folder = new TemporaryDirectory();
        string spool = Path.Combine(folder.Path, "spool");
        var random = new Random(74);
        await using OtlpTestServer server = await OtlpTestServer.StartAsync();
        HashSet<string> stored = [];
        int next = 0;
        for (int kill = 0; kill < Kills; kill++)
        {
            // Every third process finds the server well and is killed while it sends what others left.
            server.Script = kill % 3 == 2 ? null : _ => ScriptedAnswer.Failure(503, Grpc.Core.StatusCode.Unavailable);
            next = await RunAndKillAsync(server, spool, next, random);
            stored.UnionWith(SpoolBytes.Sessions(spool));
        }

        server.Script = null;
        // Not strict: a frame that a kill has cut short was never acknowledged, and is reported as damage all the same.
        using Process flushing = CliProcess.Start(["spool", "flush", .. To(server, spool)]);
        using var deadline = new CancellationTokenSource(CliProcess.Deadline + TimeSpan.FromSeconds(Kills));
        CliResult flush = await CliProcess.FinishAsync(flushing, deadline.Token);

        Assert.Equal(0, flush.ExitCode);
        Assert.True(stored.Count >= Kills, $"Only {stored.Count} records were ever stored: the test has not tested anything.");
        HashSet<string> delivered = [.. server.LogRecords.SelectMany(record => record.Item.Attributes).Where(attribute => attribute.Key == "session.id").Select(attribute => attribute.Value.StringValue)];
        Assert.Empty(stored.Except(delivered));
        Assert.Empty(Directory.EnumerateFiles(spool, "*.log", SearchOption.AllDirectories));
    }

    /// <summary>Feeds numbered sessions until the kill, at a random moment after the first frame is on disk.</summary>
    private static async Task<int> RunAndKillAsync(OtlpTestServer server, string spool, int first, Random random)
    {
        using Process process = CliProcess.Start(
            ["pipe", "--enable", .. To(server, spool), "--logs-interval", "1", "--batch-items", "1"]);
        using var deadline = new CancellationTokenSource(CliProcess.Deadline);
        Task<CliResult> finished = CliProcess.FinishAsync(process, deadline.Token);
        int number = first;
        int seen = server.Requests.Count;
        Task feeding = FeedAsync();
        await server.WaitForAsync(received => received.Requests.Count > seen, CliProcess.Deadline);
        await Task.Delay(random.Next(LongestLifeMilliseconds), deadline.Token);
        process.Kill();
        await finished;
        await feeding;
        return number;

        async Task FeedAsync()
        {
            try
            {
                while (true)
                {
                    await process.StandardInput.BaseStream.WriteAsync(Encoding.UTF8.GetBytes(SessionCreated(number++)), deadline.Token);
                    await process.StandardInput.BaseStream.FlushAsync(deadline.Token);
                    if (number % 10 == 0)
                    {
                        await Task.Delay(5, deadline.Token);
                    }
                }
            }
            catch (IOException)
            {
                // It is dead.
            }
        }
    }

    private static string SessionCreated(int number)
    {
        string id = string.Create(CultureInfo.InvariantCulture, $"ses_n{number:D9}");
        return $$$$"""{"type":"session.created","properties":{"sessionID":"{{{{id}}}}","info":{"id":"{{{{id}}}}","projectID":"p","time":{"created":1795376526001}} } }""" + "\n";
    }

    private static string[] To(OtlpTestServer server, string spool) =>
        ["--endpoint", server.HttpEndpoint.ToString(), "--protocol", "http/protobuf", "--spool", spool, "--retry-budget", "20ms"];
}
