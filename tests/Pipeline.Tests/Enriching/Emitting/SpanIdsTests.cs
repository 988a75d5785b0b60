using System.Security.Cryptography;
using System.Text;
using OpencodeOtel.Pipeline.Enriching.Emitting;

namespace OpencodeOtel.Pipeline.Tests.Enriching.Emitting;

/// <summary>The scheme that the product promises: it must never change by accident.</summary>
public class SpanIdsTests
{
    private static readonly SpanIds Derived = new(isRandom: false);

    [Fact]
    public void An_id_is_the_start_of_the_hash_of_its_fields_joined_by_zero_bytes()
    {
        Assert.Equal(Hash("trace\0ses_1\0msg_1", 16), Derived.Trace("ses_1"u8, "msg_1"u8).ToString());
        Assert.Equal(Hash("span\0session\0ses_1\0msg_1", 8), Derived.Session("ses_1"u8, "msg_1"u8).ToString());
        Assert.Equal(Hash("span\0llm\0ses_1\0msg_1", 8), Derived.Llm("ses_1"u8, "msg_1"u8).ToString());
        Assert.Equal(Hash("span\0tool\0ses_1\0call_1", 8), Derived.Tool("ses_1"u8, "call_1"u8).ToString());
        Assert.Equal(Hash("span\0tool\0ses_1\0call_1\0prt_2", 8), Derived.Tool("ses_1"u8, "call_1"u8, "prt_2"u8).ToString());
    }

    [Fact]
    public void An_id_of_long_names_follows_the_same_scheme()
    {
        string name = new('x', 2000);

        Assert.Equal(Hash($"span\0tool\0{name}\0call_1", 8), Derived.Tool(Encoding.UTF8.GetBytes(name), "call_1"u8).ToString());
    }

    [Fact]
    public void The_ids_of_the_usual_session_are_these()
    {
        Telemetry made = Telemetry.Of(Some.Turn());

        Assert.Equal(Hash($"trace\0{Some.Session}\0{Some.Prompt}", 16), made.Spans[0].TraceId);
        Assert.Equal(Hash($"span\0session\0{Some.Session}\0{Some.Prompt}", 8), Assert.Single(made.SessionSpans).SpanId);
        Assert.Equal(Hash($"span\0llm\0{Some.Session}\0{Some.Message}", 8), Assert.Single(made.LlmSpans).SpanId);
        Assert.Equal(Hash($"span\0tool\0{Some.Session}\0{Some.Call}", 8), Assert.Single(made.ToolSpans).SpanId);
    }

    [Fact]
    public void A_run_without_any_prompt_has_the_id_of_its_session_as_key()
    {
        Telemetry made = Telemetry.Of(Some.SessionCreated(), Some.Idle());

        Assert.Equal(Hash($"span\0session\0{Some.Session}\0{Some.Session}", 8), Assert.Single(made.SessionSpans).SpanId);
    }

    [Fact]
    public void A_subagents_trace_is_that_of_its_root_session_and_the_roots_run()
    {
        Telemetry made = Telemetry.Of(
            Some.SessionCreated(), Some.UserMessage(), Some.SessionCreated("ses_child", parent: Some.Session), Some.UserMessage("msg_cu", "ses_child"), Some.Idle("ses_child"));

        Assert.Equal(Hash($"trace\0{Some.Session}\0{Some.Prompt}", 16), Assert.Single(made.SessionSpans).TraceId);
    }

    [Fact]
    public void Random_ids_are_never_the_same()
    {
        var random = new SpanIds(isRandom: true);

        Assert.NotEqual(random.Llm("ses_1"u8, "msg_1"u8), random.Llm("ses_1"u8, "msg_1"u8));
        Assert.NotEqual(random.Trace("ses_1"u8, "msg_1"u8), random.Trace("ses_1"u8, "msg_1"u8));
    }

    private static string Hash(string fields, int bytes) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(fields))[..bytes]);
}
