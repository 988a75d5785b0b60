using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using OpencodeOtel.EndToEnd.Support;

namespace OpencodeOtel.EndToEnd;

public sealed partial class FloodTests
{
    private const int Rounds = 1000; // Of 100 kB each.
    private const int MegaByte = 1024 * 1024;

    private static readonly string[] Signals = ["spans", "logs", "metrics"];

    [NativeFact]
    public async Task A_flood_of_events_into_a_dead_server_costs_less_than_64_MB_and_the_report_is_true()
    {
        using Process process = CliProcess.Start(
            ["pipe", "--enable", "--passthrough", "--endpoint", "http://127.0.0.1:1", "--shutdown-timeout", "1s", "--report", "json"]);
        using var deadline = new CancellationTokenSource(CliProcess.Deadline);
        byte[] events = Recordings.Read("13-load.event.sse");
        int[] ids = [.. Ids().Matches(Encoding.Latin1.GetString(events)).Select(match => match.Groups[1].Index)];
        await process.StandardInput.BaseStream.WriteAsync("data: {}\n\n"u8.ToArray(), deadline.Token);
        Assert.NotEqual(-1, process.StandardOutput.BaseStream.ReadByte()); // It is up, and has read something.
        long idle = Held(process, "VmRSS");
        Task<CliResult> finished = CliProcess.FinishAsync(process, deadline.Token);

        for (int round = 0; round < Rounds; round++)
        {
            byte[] mark = Encoding.ASCII.GetBytes(round.ToString("D4", CultureInfo.InvariantCulture));
            Array.ForEach(ids, at => mark.CopyTo(events, at));
            await process.StandardInput.BaseStream.WriteAsync(events, deadline.Token);
        }

        long most = Held(process, "VmHWM");
        process.StandardInput.Close();
        CliResult result = await finished;

        Assert.Equal(0, result.ExitCode);
        Assert.InRange(most - idle, 0, 64L * MegaByte);
        Assert.True(result.Account.Events("read") > Rounds * 200, result.Error);
        Assert.All(Signals, signal => Assert.Equal(result.Account.Records(signal), result.Account.FateTotal(signal)));
        Assert.Equal(0, result.Account.Fate("spans", "delivered"));
        Assert.True(result.Account.Fate("spans", "dropped") > 0);
    }

    private static long Held(Process process, string name)
    {
        string line = File.ReadLines($"/proc/{process.Id}/status").Single(line => line.StartsWith(name + ":", StringComparison.Ordinal));
        return 1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2].Trim().Split('\t')[^1], CultureInfo.InvariantCulture);
    }

    /// <summary>The random part of the ids of events, messages and their parts: another one makes another of them.</summary>
    [GeneratedRegex("(?:evt|msg|prt|call)_[0-9a-f]{12}([0-9A-Za-z]{4})")]
    private static partial Regex Ids();
}
