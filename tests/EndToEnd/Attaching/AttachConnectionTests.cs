using OpencodeOtel.EndToEnd.Support;

namespace OpencodeOtel.EndToEnd.Attaching;

public sealed class AttachConnectionTests
{
    private const string Password = "hunter2-secret";
    private static readonly long Now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();

    [Fact]
    public async Task A_wrong_password_is_one_sentence_and_exit_code_2()
    {
        await using FakeOpencode server = await FakeOpencode.StartAsync();
        server.Credentials = "opencode:right";
        var environment = new Dictionary<string, string> { ["OPENCODE_SERVER_PASSWORD"] = Password };
        await using AttachedCli attached = await AttachedCli.StartAsync([server.Address.ToString()], environment);

        CliResult result = await attached.EndAsync();

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("OPENCODE_SERVER_PASSWORD", Assert.Single(result.Error.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
        Assert.DoesNotContain(Password, result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("variable", "opencode")]
    [InlineData("variables", "dev")]
    [InlineData("url", "dev")]
    [InlineData("option", "opencode")]
    [InlineData("file", "opencode")]
    public async Task The_password_may_come_from_several_places_and_is_never_printed(string place, string user)
    {
        await using FakeOpencode server = await FakeOpencode.StartAsync();
        server.Credentials = $"{user}:{Password}";
        using var directory = new TemporaryDirectory();
        string file = Path.Combine(directory.Path, "password");
        await File.WriteAllTextAsync(file, Password + "\n");
        string url = place == "url" ? $"http://{user}:{Password}@{server.Address.Authority}" : server.Address.ToString();
        var environment = new Dictionary<string, string>();
        if (place.StartsWith("variable", StringComparison.Ordinal))
        {
            environment["OPENCODE_SERVER_PASSWORD"] = Password;
        }

        if (place == "variables")
        {
            environment["OPENCODE_SERVER_USERNAME"] = user;
        }

        string[] option = place switch
        {
            "option" => ["--server-password", Password],
            "file" => ["--server-password", "@" + file],
            _ => [],
        };
        await using AttachedCli attached = await AttachedCli.StartAsync([url, .. option, "--verbose"], environment);
        FakeStream stream = await server.NextStreamAsync();
        await stream.SendAsync(Said.Created(Said.Session("ses_a", Now + 10_000, Now + 10_000)));
        await attached.WaitForLogAsync("session.created");
        stream.Cut();
        await server.NextStreamAsync();

        CliResult result = await attached.StopAsync();

        Assert.Contains("following", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(Password, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_that_is_never_answered_is_given_up_and_made_again()
    {
        await using FakeOpencode server = await FakeOpencode.StartAsync();
        server.Hang(1);
        await using AttachedCli attached = await AttachedCli.StartAsync([server.Address.ToString(), "--connect-timeout", "1s"]);

        FakeStream stream = await server.NextStreamAsync();
        await stream.SendAsync(Said.Created(Said.Session("ses_a", Now + 10_000, Now + 10_000)));

        await attached.WaitForLogAsync("session.created");
    }

    [Fact]
    public async Task A_silent_connection_counts_as_dead()
    {
        await using FakeOpencode server = await FakeOpencode.StartAsync();
        await using AttachedCli attached = await AttachedCli.StartAsync([server.Address.ToString(), "--silence-timeout", "500ms"]);
        await server.NextStreamAsync();

        FakeStream stream = await server.NextStreamAsync();
        await stream.SendAsync(Said.Created(Said.Session("ses_a", Now + 10_000, Now + 10_000)));

        await attached.WaitForLogAsync("session.created");
    }

    [Fact]
    public async Task A_stream_that_the_server_ends_is_opened_again()
    {
        await using FakeOpencode server = await FakeOpencode.StartAsync();
        await using AttachedCli attached = await AttachedCli.StartAsync([server.Address.ToString(), "--directory", "/repo"]);
        FakeStream stream = await server.NextStreamAsync();
        await stream.SendAsync("""{"id":"evt_x","type":"server.instance.disposed","properties":{"directory":"/repo"}}""");
        stream.End();

        stream = await server.NextStreamAsync();
        await stream.SendAsync(Said.Created(Said.Session("ses_a", Now + 10_000, Now + 10_000)));

        await attached.WaitForLogAsync("session.created");
    }

    [Fact]
    public async Task A_server_that_is_not_there_yet_is_waited_for()
    {
        int port;
        await using (FakeOpencode gone = await FakeOpencode.StartAsync())
        {
            port = gone.Address.Port;
        }

        await using AttachedCli attached = await AttachedCli.StartAsync([$"http://127.0.0.1:{port}"]);
        await using FakeOpencode server = await FakeOpencode.StartAsync(port);
        FakeStream stream = await server.NextStreamAsync();
        await stream.SendAsync(Said.Created(Said.Session("ses_a", Now + 10_000, Now + 10_000)));

        await attached.WaitForLogAsync("session.created");
    }

    [Fact]
    public async Task Until_idle_ends_when_all_sessions_are_idle()
    {
        await using FakeOpencode server = await FakeOpencode.StartAsync();
        await using AttachedCli attached = await AttachedCli.StartAsync([server.Address.ToString(), "--until-idle"]);
        FakeStream stream = await server.NextStreamAsync();
        await stream.SendAllAsync(
        [
            Said.Created(Said.Session("ses_a", Now + 10_000, Now + 10_000)),
            Said.Updated(Said.User("ses_a", "msg_1", Now + 10_000)),
            Said.Updated(Said.Assistant("ses_a", "msg_2", "msg_1", Now + 10_001)),
            Said.Updated(Said.Assistant("ses_a", "msg_2", "msg_1", Now + 10_001, Now + 10_002)),
            Said.Idle("ses_a"),
        ]);

        CliResult result = await attached.EndAsync();

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(1, new MetricSums(attached.Collector.Metrics).Sum("opencode.message.count"));
    }

    [Fact]
    public async Task A_collector_that_stands_still_does_not_keep_the_server_waiting()
    {
        var hold = new TaskCompletionSource();
        await using FakeOpencode server = await FakeOpencode.StartAsync();
        await using AttachedCli attached = await AttachedCli.StartAsync(
            [server.Address.ToString(), "--queue-bytes", "64KiB", "--batch-bytes", "16KiB", "--max-block", "60s", "--shutdown-timeout", "1s"]);
        attached.Collector.Script = _ => new TestCollector.ScriptedAnswer { Until = hold.Task };
        FakeStream stream = await server.NextStreamAsync();
        byte[] recording = Recordings.Read("13-load.event.sse");

        // More than all buffers on the way hold: these writes only end if somebody reads.
        using var deadline = new CancellationTokenSource(CliProcess.Deadline);
        for (int sent = 0; sent < 64 * 1024 * 1024; sent += recording.Length)
        {
            await stream.SendBytesAsync(recording).WaitAsync(deadline.Token);
        }

        CliResult result = await attached.StopAsync();
        hold.SetResult();
        Assert.True(result.Account.Fate("spans", "dropped") + result.Account.Fate("logs", "dropped") > 0);
        Assert.Equal(result.Account.Records("spans"), result.Account.FateTotal("spans"));
    }

    [Fact]
    public async Task Without_telemetry_switched_on_nothing_is_followed()
    {
        await using FakeOpencode server = await FakeOpencode.StartAsync();

        CliResult result = await CliProcess.RunAsync(["attach", server.Address.ToString()]);

        Assert.Equal(0, result.ExitCode);
        Assert.Empty(server.Asked);
        Assert.Contains("OPENCODE_ENABLE_TELEMETRY", Assert.Single(result.Error.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ftp://host", "URL")]
    [InlineData("http://user:hunter2-secret@", "URL")]
    [InlineData("--silence-timeout=soon", "--silence-timeout")]
    [InlineData("--connect-timeout=0", "--connect-timeout")]
    [InlineData("--server-password=@/no/such/file", "--server-password")]
    public async Task What_cannot_be_used_is_named_in_one_sentence(string argument, string named)
    {
        CliResult result = await CliProcess.RunAsync(["attach", "--enable", argument]);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(named, Assert.Single(result.Error.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
        Assert.DoesNotContain(Password, result.Error, StringComparison.Ordinal);
    }
}
