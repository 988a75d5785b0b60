using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text;
using OpencodeOtel.EndToEnd.Support;
using OpencodeOtel.TestCollector;

namespace OpencodeOtel.EndToEnd;

/// <summary>Kills at random moments, again and again, in one spool directory: the program, and a process that tells what the spool has acknowledged.</summary>
/// <remarks>OPENCODE_OTEL_KILLS sets how often; the default keeps the suite short.</remarks>
public sealed class SpoolKillTests
{
    private const int DefaultKills = 12;
    private const int LongestLifeMilliseconds = 400;

    private static readonly string Writer =
        typeof(SpoolKillTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(entry => entry.Key == "SpoolWriterPath").Value!;

    private static readonly int Kills =
        int.TryParse(Environment.GetEnvironmentVariable("OPENCODE_OTEL_KILLS"), CultureInfo.InvariantCulture, out int kills) ? kills : DefaultKills;

    [Fact]
    public async Task Item_074_What_the_spool_has_acknowledged_before_a_kill_9_is_delivered_by_a_later_process()
    {
        using var folder = new TemporaryDirectory();
        string spool = Path.Combine(folder.Path, "spool");
        var random = new Random(740);
        await using OtlpTestServer server = await OtlpTestServer.StartAsync();
        HashSet<int> acknowledged = [];
        for (int kill = 0; kill < Kills; kill++)
        {
            // Numbers that were stored and not acknowledged are not used again.
            acknowledged.UnionWith(await StoreAndKillAsync(server, spool, first: 1_000_000 * (kill + 1), random));
            if (kill % 3 == 2)
            {
                // Whoever adopts and sends is killed, too.
                using Process flush = CliProcess.Start(["spool", "flush", .. To(server, spool)]);
                int seen = server.Requests.Count;
                await server.WaitForAsync(received => received.Requests.Count > seen, CliProcess.Deadline);
                await Task.Delay(TimeSpan.FromMilliseconds(random.Next(LongestLifeMilliseconds)), TimeProvider.System);
                flush.Kill();
                await flush.WaitForExitAsync();
            }
        }

        await FlushAsync(server, spool);
        HashSet<int> delivered = [.. server.LogRecords.Select(record => (int)record.Item.Body.IntValue)];
        Assert.True(acknowledged.Count >= 10 * Kills, $"Only {acknowledged.Count} requests were acknowledged: the test has not tested anything.");
        Assert.Empty(acknowledged.Except(delivered));
        Assert.Empty(Directory.EnumerateFiles(spool, "*.log", SearchOption.AllDirectories));
    }

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
        await FlushAsync(server, spool);
        Assert.True(stored.Count >= Kills, $"Only {stored.Count} records were ever stored: the test has not tested anything.");
        HashSet<string> delivered = [.. server.LogRecords.SelectMany(record => record.Item.Attributes).Where(attribute => attribute.Key == "session.id").Select(attribute => attribute.Value.StringValue)];
        Assert.Empty(stored.Except(delivered));
        Assert.Empty(Directory.EnumerateFiles(spool, "*.log", SearchOption.AllDirectories));
    }

    private static async Task FlushAsync(OtlpTestServer server, string spool)
    {
        // Not strict: a frame that a kill has cut short was never acknowledged, and is reported as damage all the same.
        using Process flushing = CliProcess.Start(["spool", "flush", .. To(server, spool)]);
        using var deadline = new CancellationTokenSource(CliProcess.Deadline + TimeSpan.FromSeconds(Kills));
        CliResult flush = await CliProcess.FinishAsync(flushing, deadline.Token);
        Assert.Equal(0, flush.ExitCode);
    }

    /// <summary>Has numbered requests stored until the kill, at a random moment after the first is acknowledged.</summary>
    /// <returns>The numbers that were.</returns>
    private static async Task<IReadOnlyList<int>> StoreAndKillAsync(OtlpTestServer server, string spool, int first, Random random)
    {
        string[] arguments = [Writer, spool, $"{server.HttpEndpoint}v1/logs", first.ToString(CultureInfo.InvariantCulture)];
        using Process process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true })!;
        using var deadline = new CancellationTokenSource(CliProcess.Deadline);
        List<int> numbers = [];
        string? line = await process.StandardOutput.ReadLineAsync(deadline.Token);
        Task killing = KillAsync(process, random.Next(LongestLifeMilliseconds));
        for (; line is not null; line = await process.StandardOutput.ReadLineAsync(deadline.Token))
        {
            numbers.Add(int.Parse(line, CultureInfo.InvariantCulture));
        }

        await killing;
        return numbers;
    }

    private static async Task KillAsync(Process process, int milliseconds)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(milliseconds), TimeProvider.System);
        process.Kill();
        await process.WaitForExitAsync();
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
