using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Runtime.Versioning;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using OpencodeOtel.EndToEnd.Support;
using OpencodeOtel.TestCollector;

namespace OpencodeOtel.EndToEnd;

/// <summary>Runs every recipe of the README as it stands, with the ports of servers of our own. The marked commands are run by <c>.ci/run</c>.</summary>
[UnsupportedOSPlatform("windows")] // The recipes are for a POSIX shell.
public sealed partial class ReadmeTests
{
    private static readonly string Readme = File.ReadAllText(Path.Combine(CliProcess.RepositoryRoot, "README.md"));

    public static TheoryData<string> RecipesOfTheReadme => [.. Recipe().Matches(Readme).Select(match => match.Groups["commands"].Value)];

    [Theory]
    [MemberData(nameof(RecipesOfTheReadme))]
    public async Task A_recipe_does_what_it_says(string commands)
    {
        await using OtlpTestServer collector = await OtlpTestServer.StartAsync();
        await using WebApplication opencode = await StartOpencodeAsync();
        using var directory = new TemporaryDirectory();
        Directory.CreateSymbolicLink(Path.Combine(directory.Path, "samples"), Path.Combine(CliProcess.RepositoryRoot, "samples"));
        string bin = Directory.CreateDirectory(Path.Combine(directory.Path, "bin")).FullName;
        WriteProgram(Path.Combine(bin, "opencode-otel"), string.Join(' ', CliProcess.Command.Select(word => $"'{word}'")) + " \"$@\"");
        WriteProgram(Path.Combine(bin, "opencode"), $"cat '{Recordings.PathOf("21-run-tools.run.ndjson")}'");
        string script = commands
            .Replace("127.0.0.1:4096", new Uri(opencode.Urls.First()).Authority, StringComparison.Ordinal)
            .Replace("localhost:4318", collector.HttpEndpoint.Authority, StringComparison.Ordinal);

        (int exitCode, string error) = await RunAsync(script, directory.Path, new Dictionary<string, string>
        {
            ["PATH"] = $"{bin}:{Environment.GetEnvironmentVariable("PATH")}",
            ["API_KEY"] = "k",
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.GrpcEndpoint.ToString(),
        });

        Assert.True(exitCode == 0, error);
        Assert.DoesNotContain("warning", error, StringComparison.Ordinal);
        if (commands.Contains("opencode-otel doctor", StringComparison.Ordinal))
        {
            Assert.Equal(3, collector.Accepted.Count); // One a signal, and nothing in them.
        }
        else if (!commands.Contains("--exporter console", StringComparison.Ordinal))
        {
            Assert.NotEmpty(collector.Spans);
            Assert.NotEmpty(collector.LogRecords);
            Assert.NotEmpty(collector.Metrics);
        }
    }

    [Fact]
    public void The_main_and_the_test_command_are_marked_for_the_server_to_run()
    {
        Assert.Contains("<!-- command: main -->", Readme, StringComparison.Ordinal);
        Assert.Contains("<!-- command: test -->", Readme, StringComparison.Ordinal);
        Assert.Contains("<!-- command: native -->", Readme, StringComparison.Ordinal);
    }

    /// <summary>A fenced block of shell that no comment marks.</summary>
    [GeneratedRegex(@"(?<!-->\n)```sh\n(?<commands>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Recipe();

    private static async Task<WebApplication> StartOpencodeAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        WebApplication app = builder.Build();
        app.MapGet("/event", () => Results.Bytes(Recordings.Read("01-chat.event.sse"), "text/event-stream"));
        await app.StartAsync();
        return app;
    }

    private static void WriteProgram(string path, string command)
    {
        File.WriteAllText(path, $"#!/bin/sh\nexec {command}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static async Task<(int ExitCode, string Error)> RunAsync(
        string script, string directory, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo("bash", ["-euo", "pipefail", "-c", script])
        {
            WorkingDirectory = directory,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        using var deadline = new CancellationTokenSource(CliProcess.Deadline);
        Task<string> output = process.StandardOutput.ReadToEndAsync(deadline.Token);
        string error = await process.StandardError.ReadToEndAsync(deadline.Token);
        await output;
        await process.WaitForExitAsync(deadline.Token);
        return (process.ExitCode, string.Create(CultureInfo.InvariantCulture, $"{script}\n{error}"));
    }
}
