using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using OpencodeOtel.EndToEnd.Support;

namespace OpencodeOtel.EndToEnd.Automation;

/// <summary>The script behind the Discord workflow, with payloads of GitHub's shapes and a webhook on loopback.</summary>
public sealed class DiscordNotifyTests
{
    private static readonly string Script = Path.Combine(CliProcess.RepositoryRoot, ".github", "scripts", "discord-notify.mjs");

    [ProgramFact("node")]
    public async Task An_opened_issue_becomes_an_embed_with_its_title_author_text_and_link()
    {
        JsonElement embed = await EmbedOf("issues", "issues.opened");

        Assert.StartsWith("Issue #7 opened: Crash when", Text(embed, "title"), StringComparison.Ordinal);
        Assert.Equal("https://github.com/acme/rocket/issues/7", Text(embed, "url"));
        Assert.Equal(0x2da44e, embed.GetProperty("color").GetInt32());
        Assert.Equal("octo-cat", Text(embed.GetProperty("author"), "name"));
        Assert.Equal("https://avatars.githubusercontent.com/u/583231?v=4", Text(embed.GetProperty("author"), "icon_url"));
        Assert.Equal("acme/rocket", Text(embed.GetProperty("footer"), "text"));
        Assert.StartsWith("Hello", Text(embed, "description"), StringComparison.Ordinal);
    }

    [ProgramFact("node")]
    public async Task A_pull_request_is_told_whichever_of_the_two_events_brought_it()
    {
        foreach (string name in new[] { "pull_request", "pull_request_target" })
        {
            JsonElement embed = await EmbedOf(name, "pull_request.opened");

            Assert.Equal("Pull request #8 opened: Fuel gauge", Text(embed, "title"));
            Assert.Equal(0x8250df, embed.GetProperty("color").GetInt32());
            Assert.False(embed.TryGetProperty("description", out _));
        }
    }

    [ProgramFact("node")]
    public async Task A_release_without_a_name_is_called_by_its_tag()
    {
        JsonElement embed = await EmbedOf("release", "release.published");

        Assert.Equal("Pre-release published: v1.2.0", Text(embed, "title"));
        Assert.Equal(0xbf8700, embed.GetProperty("color").GetInt32());
        Assert.Equal("v1.2.0", Text(embed.GetProperty("fields")[0], "value"));
    }

    [ProgramFact("node")]
    public async Task Another_event_has_the_color_that_was_asked_for()
    {
        JsonElement embed = await EmbedOf("workflow_dispatch", "workflow_dispatch", new() { ["COLOR"] = "#0a0B0c" });
        JsonElement issue = await EmbedOf("issues", "issues.opened", new() { ["COLOR"] = "#0a0B0c" });

        Assert.Equal(0x0a0b0c, embed.GetProperty("color").GetInt32());
        Assert.Equal("workflow\\_dispatch", Text(embed, "title"));
        Assert.Equal(0x2da44e, issue.GetProperty("color").GetInt32());
    }

    [ProgramFact("node")]
    public async Task Name_picture_and_prefix_are_inputs_and_the_text_can_be_left_out()
    {
        await using DiscordWebhook webhook = await DiscordWebhook.StartAsync();
        await RunAsync("issues", Event("issues.opened"), webhook.Address, new()
        {
            ["USERNAME"] = "Mission control",
            ["AVATAR_URL"] = "https://example.com/a.png",
            ["TITLE_PREFIX"] = "[rocket]",
            ["INCLUDE_BODY"] = "false",
        });

        JsonElement message = Assert.Single(webhook.Posted);
        Assert.Equal("Mission control", Text(message, "username"));
        Assert.Equal("https://example.com/a.png", Text(message, "avatar_url"));
        JsonElement embed = message.GetProperty("embeds")[0];
        Assert.StartsWith("\\[rocket\\] Issue #7", Text(embed, "title"), StringComparison.Ordinal);
        Assert.False(embed.TryGetProperty("description", out _));
    }

    [ProgramFact("node")]
    public async Task Mentions_are_neutralised_and_pinging_is_switched_off()
    {
        await using DiscordWebhook webhook = await DiscordWebhook.StartAsync();
        await RunAsync("issues", Event("issues.opened"), webhook.Address);

        JsonElement message = Assert.Single(webhook.Posted);
        Assert.Equal(0, message.GetProperty("allowed_mentions").GetProperty("parse").GetArrayLength());
        string text = message.GetProperty("embeds").ToString();
        foreach (string mention in new[] { "@everyone", "@here", "<@", "<#" })
        {
            Assert.DoesNotContain(mention, text, StringComparison.Ordinal);
        }
    }

    [ProgramFact("node")]
    public async Task Texts_are_cut_to_the_limits_of_Discord_between_characters()
    {
        JsonNode payload = Event("issues.opened");
        payload["issue"]!["title"] = string.Concat(Enumerable.Repeat("🚀", 400));
        payload["issue"]!["body"] = string.Concat(Enumerable.Repeat("🚀", 9000));
        payload["issue"]!["user"]!["login"] = new string('l', 1000);
        payload["repository"]!["full_name"] = new string('r', 3000);
        await using DiscordWebhook webhook = await DiscordWebhook.StartAsync();
        await RunAsync("issues", payload, webhook.Address, new() { ["USERNAME"] = new string('u', 300) });

        JsonElement message = Assert.Single(webhook.Posted);
        JsonElement embed = message.GetProperty("embeds")[0];
        string[] texts = [Text(embed, "title"), Text(embed, "description"), Text(embed.GetProperty("author"), "name"), Text(embed.GetProperty("footer"), "text")];
        int[] limits = [256, 4096, 256, 2048];
        Assert.All(texts.Zip(limits), pair => Assert.InRange(pair.First.Length, 1, pair.Second));
        Assert.InRange(texts.Sum(text => text.Length), 1, 6000);
        Assert.InRange(Text(message, "username").Length, 1, 80);
        Assert.All(texts, text => Assert.DoesNotContain('\uFFFD', text));
        Assert.EndsWith("🚀…", texts[0], StringComparison.Ordinal);
    }

    [ProgramFact("node")]
    public async Task A_link_that_is_no_web_address_is_left_out()
    {
        JsonNode payload = Event("issues.opened");
        payload["issue"]!["html_url"] = "javascript:alert(1)";

        await using DiscordWebhook webhook = await DiscordWebhook.StartAsync();
        await RunAsync("issues", payload, webhook.Address);

        Assert.False(webhook.Posted[0].GetProperty("embeds")[0].TryGetProperty("url", out _));
    }

    [ProgramFact("node")]
    public async Task A_busy_Discord_is_asked_again_after_the_time_it_names()
    {
        await using DiscordWebhook webhook = await DiscordWebhook.StartAsync(429, 503);
        (int exitCode, string output) = await RunAsync("issues", Event("issues.opened"), webhook.Address, new() { ["DISCORD_RETRY_SECONDS"] = "0.01" });

        Assert.Equal(0, exitCode);
        Assert.Equal(3, webhook.Posted.Count);
        Assert.Equal(webhook.Posted[0].ToString(), webhook.Posted[2].ToString());
        Assert.Contains("attempt 3", output, StringComparison.Ordinal);
    }

    [ProgramFact("node")]
    public async Task A_refusal_fails_at_once_and_does_not_show_the_address()
    {
        await using DiscordWebhook webhook = await DiscordWebhook.StartAsync(404);
        (int exitCode, string output) = await RunAsync("issues", Event("issues.opened"), webhook.Address);

        Assert.Equal(1, exitCode);
        Assert.Single(webhook.Posted);
        Assert.Contains("404", output, StringComparison.Ordinal);
        Assert.DoesNotContain(DiscordWebhook.Token, output, StringComparison.Ordinal);
    }

    [ProgramFact("node")]
    public async Task A_webhook_that_is_not_there_fails_without_showing_its_address()
    {
        await using DiscordWebhook webhook = await DiscordWebhook.StartAsync();
        string address = webhook.Address;
        await webhook.DisposeAsync();
        (int exitCode, string output) = await RunAsync("issues", Event("issues.opened"), address, new() { ["DISCORD_RETRY_SECONDS"] = "0.01" });

        Assert.Equal(1, exitCode);
        Assert.DoesNotContain(DiscordWebhook.Token, output, StringComparison.Ordinal);
    }

    [ProgramFact("node")]
    public async Task Without_a_webhook_nothing_is_posted_and_nothing_fails()
    {
        (int exitCode, string output) = await RunAsync("issues", Event("issues.opened"), webhook: "");

        Assert.Equal(0, exitCode);
        Assert.Contains("nothing is posted", output, StringComparison.Ordinal);
    }

    private static async Task<JsonElement> EmbedOf(string name, string file, Dictionary<string, string>? inputs = null)
    {
        await using DiscordWebhook webhook = await DiscordWebhook.StartAsync();
        (int exitCode, string output) = await RunAsync(name, Event(file), webhook.Address, inputs);
        Assert.True(exitCode == 0, output);
        return Assert.Single(webhook.Posted).GetProperty("embeds")[0];
    }

    private static JsonNode Event(string file) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Automation", "Events", $"{file}.json")))!;

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static async Task<(int ExitCode, string Output)> RunAsync(
        string name, JsonNode payload, string webhook, Dictionary<string, string>? inputs = null)
    {
        using var directory = new TemporaryDirectory();
        string path = Path.Combine(directory.Path, "event.json");
        await File.WriteAllTextAsync(path, payload.ToJsonString());
        var start = new ProcessStartInfo("node", [Script])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = directory.Path,
        };
        start.Environment["GITHUB_EVENT_NAME"] = name;
        start.Environment["GITHUB_EVENT_PATH"] = path;
        start.Environment["DISCORD_WEBHOOK"] = webhook;
        start.Environment["INCLUDE_BODY"] = "true";
        foreach ((string key, string value) in inputs ?? [])
        {
            start.Environment[key] = value;
        }

        using Process process = Process.Start(start)!;
        using var deadline = new CancellationTokenSource(CliProcess.Deadline);
        Task<string> output = process.StandardOutput.ReadToEndAsync(deadline.Token);
        string error = await process.StandardError.ReadToEndAsync(deadline.Token);
        await process.WaitForExitAsync(deadline.Token);
        Assert.False(File.Exists(Path.Combine(directory.Path, "owned")), "text of the event was run");
        return (process.ExitCode, await output + error);
    }
}
