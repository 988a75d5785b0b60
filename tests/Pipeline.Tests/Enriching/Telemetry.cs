using OpencodeOtel.Pipeline.Configuration;
using OpencodeOtel.Pipeline.Enriching;

namespace OpencodeOtel.Pipeline.Tests.Enriching;

/// <summary>An enricher with a sink that keeps everything, and short ways to ask what was made.</summary>
internal sealed class Telemetry
{
    public static readonly TelemetryOptions Replay = new() { UseEventClock = true };

    private readonly CollectingSink _sink = new();

    public Telemetry(TelemetryOptions? options = null, EnrichingLimits? limits = null, TimeProvider? time = null) =>
        Enricher = new TelemetryEnricher(options ?? Replay, time ?? new ManualTime(0), _sink, limits);

    public TelemetryEnricher Enricher { get; }

    public IReadOnlyList<MadeSpan> Spans => _sink.Spans;

    public IReadOnlyList<MadeLog> Logs => _sink.Logs;

    public IReadOnlyList<MadeMeasurement> Measurements => _sink.Measurements;

    public IReadOnlyList<string> EndedSessions => _sink.EndedSessions;

    public IEnumerable<MadeSpan> SessionSpans => Spans.Where(span => span.Name == "opencode.session");

    public IEnumerable<MadeSpan> LlmSpans => Spans.Where(span => span.Name == "opencode.llm");

    public IEnumerable<MadeSpan> ToolSpans => Spans.Where(span => span.Name.StartsWith("opencode.tool.", StringComparison.Ordinal));

    /// <summary>What is made of these events, with the events' own clock, without an end of the stream.</summary>
    public static Telemetry Of(params IEnumerable<Happening> happenings) => new Telemetry().Then(happenings);

    /// <summary>What is made of these events with these options.</summary>
    public static Telemetry With(TelemetryOptions options, params IEnumerable<Happening> happenings) =>
        new Telemetry(options with { UseEventClock = true }).Then(happenings);

    public Telemetry Then(params IEnumerable<Happening> happenings)
    {
        foreach (Happening happening in happenings)
        {
            happening(Enricher);
        }

        return this;
    }

    public Telemetry Complete()
    {
        Enricher.Complete();
        return this;
    }

    public IEnumerable<MadeLog> LogsOf(string body) => Logs.Where(log => log.Body == body);

    public IEnumerable<MadeMeasurement> MeasurementsOf(string suffix) => Measurements.Where(made => made.Name == "opencode." + suffix);

    /// <summary>The sum of all values of a metric.</summary>
    public double Sum(string suffix) => MeasurementsOf(suffix).Sum(made => made.Number);

    /// <summary>Everything as text, for comparison of two of them.</summary>
    public IEnumerable<string> Lines() =>
    [
        .. Spans.Select(span => $"{span.Name} {span.TraceId} {span.SpanId} {span.ParentId} {span.Start} {span.End} {span.Status} {span.StatusMessage} {Text(span.Attributes)} {string.Join(' ', span.Links)}"),
        .. Logs.Select(log => $"{log.Body} {log.Time} {log.TraceId} {log.SpanId} {Text(log.Attributes)}"),
        .. Measurements.Select(made => $"{made.Name} {made.Value} {Text(made.Attributes)}"),
    ];

    private static string Text(IReadOnlyDictionary<string, object> attributes) =>
        string.Join(' ', attributes.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}"));
}
