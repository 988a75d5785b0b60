using OpencodeOtel.EndToEnd.Live.Opencode;

namespace OpencodeOtel.EndToEnd.Live;

[Collection("opencode")]
public sealed class LiveFixtureTests
{
    [LiveFact]
    public async Task The_real_opencode_answers_with_what_the_scripted_model_says()
    {
        await using ScriptedModel model = await ScriptedModel.StartAsync();
        using var workspace = new OpencodeWorkspace(model);
        await using OpencodeServer server = await OpencodeServer.StartAsync(workspace);
        await using EventRecording events = await server.RecordAsync();
        model.Script(OpencodeWorkspace.Large, ModelAnswer.Call("bash", ("command", "echo from-the-tool"), ("description", "Say")), ModelAnswer.Say("As scripted."));

        string session = await server.CreateSessionAsync();
        await server.AskAsync(events, session, "Do it.");

        string messages = (await server.GetAsync($"/session/{session}/message")).GetRawText();
        Assert.Contains("from-the-tool", messages, StringComparison.Ordinal);
        Assert.Contains("As scripted.", messages, StringComparison.Ordinal);
    }
}
