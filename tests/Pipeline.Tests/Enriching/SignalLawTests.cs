using System.Collections.Concurrent;
using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Configuration;
using OpencodeOtel.Pipeline.Receiving;
using OpencodeOtel.Pipeline.Tests.Support;

namespace OpencodeOtel.Pipeline.Tests.Enriching;

/// <summary>What holds for every span and every log record of every recording, whatever the options.</summary>
public class SignalLawTests
{
    private const string State = "vendor=1,t@x=2";
    private const SpanFlags TraceFlags = (SpanFlags)0xFF;
    private const SpanFlags RemoteBits = SpanFlags.ContextHasIsRemote | SpanFlags.ContextIsRemote;

    private static readonly RemoteParent Remote = new(
        new TraceId(Convert.FromHexString("0af7651916cd43dd8448eb211c80319c")), new SpanId(Convert.FromHexString("b7ad6b7169203331")), 1, State);

    private static readonly Dictionary<string, TelemetryOptions> Options = new()
    {
        ["usual"] = new TelemetryOptions(),
        ["remote parent"] = new TelemetryOptions { RemoteParent = Remote },
        ["remote parent, no session spans"] = new TelemetryOptions { RemoteParent = Remote, DisabledSpans = SpanTypes.Session },
        ["random ids"] = new TelemetryOptions { RandomTraceIds = true },
        ["content"] = new TelemetryOptions { CaptureContent = true },
    };

    private static readonly ConcurrentDictionary<string, Lazy<Made>> Replays = new();

    public static TheoryData<string> Variants => [.. Options.Keys];

    [Theory]
    [MemberData(nameof(Variants))]
    public void Item_123_Ids_have_their_size_and_are_not_zero_and_a_root_has_no_parent(string variant)
    {
        Made made = Replay(variant);
        HashSet<string> spans = [.. made.Spans.Select(span => span.SpanId)];
        Assert.All(made.Spans, span =>
        {
            Assert.Matches("^(?!0{32})[0-9a-f]{32}$", span.TraceId);
            Assert.Matches("^(?!0{16})[0-9a-f]{16}$", span.SpanId);
            Assert.True(span.ParentId == MadeSpan.NoSpan || span.ParentId == Remote.SpanId.ToString() || spans.Contains(span.ParentId));
        });
        Assert.Equal(Options[variant].RemoteParent is null, made.Spans.Any(span => span.ParentId == MadeSpan.NoSpan));
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void Item_124_Flags_are_the_trace_flags_and_what_is_known_of_the_parent_and_no_other_bit(string variant) =>
        Assert.All(Replay(variant).Spans, span =>
        {
            Assert.Equal(SpanFlags.Sampled, span.Flags & TraceFlags);
            bool isRemote = span.ParentId == Remote.SpanId.ToString();
            Assert.Equal(isRemote ? RemoteBits : SpanFlags.ContextHasIsRemote, span.Flags & RemoteBits);
            Assert.Equal(SpanFlags.None, span.Flags & ~(TraceFlags | RemoteBits));
        });

    [Theory]
    [MemberData(nameof(Variants))]
    public void Item_126_A_link_has_the_flags_of_a_span_of_this_process(string variant)
    {
        Made made = Replay(variant);
        Assert.Equal(!Options[variant].DisabledSpans.HasFlag(SpanTypes.Session), made.Spans.Any(span => span.Links.Count > 0));
        Assert.All(made.Spans.SelectMany(span => span.Links), link => Assert.Equal(SpanFlags.Sampled | SpanFlags.ContextHasIsRemote, link.Flags));
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void Item_127_The_trace_state_of_spans_and_links_is_in_header_form(string variant)
    {
        string expected = Options[variant].RemoteParent is null ? "" : State;
        Assert.All(Replay(variant).Spans, span => Assert.All(
            span.Links.Select(link => link.TraceState).Append(span.TraceState), state => Assert.Equal(expected, state)));
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void Items_128_130_A_span_has_a_kind_and_does_not_end_before_it_starts(string variant) => Assert.All(Replay(variant).Spans, span =>
    {
        Assert.Contains(span.Kind, (SpanKind[])[SpanKind.Internal, SpanKind.Client]);
        Assert.InRange(span.Start, 1, span.End);
    });

    [Theory]
    [MemberData(nameof(Variants))]
    public void Item_129_Only_an_error_has_a_message(string variant) =>
        Assert.All(Replay(variant).Spans, span => Assert.Equal(span.Status == StatusCode.Error, span.StatusMessage.Length > 0));

    [Theory]
    [MemberData(nameof(Variants))]
    public void Items_131_143_Nothing_is_dropped_from_a_usual_span_and_no_key_is_there_twice(string variant) =>
        Assert.All(Replay(variant).Spans, span => Assert.Equal(0u, span.Dropped)); // The sink fails on a second key.

    [Theory]
    [MemberData(nameof(Variants))]
    public void Item_136_The_observed_time_is_always_set(string variant) => Assert.All(Replay(variant).Logs, log => Assert.True(log.Observed > 0));

    [Theory]
    [MemberData(nameof(Variants))]
    public void Item_138_A_record_has_the_whole_context_of_a_span_that_was_made_or_nothing_of_it(string variant)
    {
        Made made = Replay(variant);
        HashSet<(string, string)> spans = [.. made.Spans.Select(span => (span.TraceId, span.SpanId))];
        Assert.Contains(made.Logs, log => log.SpanId != MadeSpan.NoSpan);
        Assert.All(made.Logs, log =>
        {
            if (log.SpanId == MadeSpan.NoSpan)
            {
                Assert.Equal((new string('0', 32), (byte)0), (log.TraceId, log.Flags));
            }
            else
            {
                Assert.Contains((log.TraceId, log.SpanId), spans);
            }
        });
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void Item_139_Flags_of_a_record_are_trace_flags_alone(string variant) =>
        Assert.All(Replay(variant).Logs, log => Assert.InRange(log.Flags, (byte)0, (byte)SpanFlags.Sampled));

    [Theory]
    [MemberData(nameof(Variants))]
    public void Item_140_Severity_is_a_number_with_its_word(string variant) => Assert.All(Replay(variant).Logs, log => Assert.Contains(
        (log.Severity, log.SeverityText), ((SeverityNumber, string)[])[(SeverityNumber.Info, "INFO"), (SeverityNumber.Error, "ERROR")]));

    [Theory]
    [MemberData(nameof(Variants))]
    public void Item_141_The_name_of_the_event_is_in_its_field_and_stays_an_attribute_for_older_dashboards(string variant) =>
        Assert.All(Replay(variant).Logs, log => Assert.Equal((log.Body, (object)log.Body), (log.EventName, log["event.name"])));

    [Fact]
    public void Item_137_A_time_that_an_event_does_not_tell_stays_unset()
    {
        Telemetry made = Telemetry.Of(
            Some.SessionCreated(at: 0),
            Some.UserMessage(at: 0),
            Some.AssistantMessage(at: 0, completed: Some.T0),
            Some.Idle());

        Assert.Equal((0, 0, 0), (TimeOf("session.created"), TimeOf("user_prompt"), TimeOf("api_request")));
        Assert.All(made.Logs, log => Assert.NotEqual(log.Time == 0, log.Body == "session.idle"));

        long TimeOf(string body) => Assert.Single(made.LogsOf(body)).Time;
    }

    private static Made Replay(string variant) => Replays.GetOrAdd(variant, key => new Lazy<Made>(() =>
    {
        List<Telemetry> replays = [];
        foreach (string name in Recordings.Bus.Concat(Recordings.Run).Concat(Recordings.SecondInterface))
        {
            var made = new Telemetry(Options[key] with { UseEventClock = true });
            var receiver = new EventReceiver(made.Enricher, lineLimitBytes: 1 << 26);
            receiver.Push(Recordings.Read(name));
            receiver.Complete();
            replays.Add(made.Complete());
        }

        return new Made([.. replays.SelectMany(made => made.Spans)], [.. replays.SelectMany(made => made.Logs)]);
    })).Value;

    private sealed record Made(IReadOnlyList<MadeSpan> Spans, IReadOnlyList<MadeLog> Logs);
}
