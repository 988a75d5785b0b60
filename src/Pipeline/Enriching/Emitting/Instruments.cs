using System.Globalization;
using OpencodeOtel.Pipeline.Aggregating;
using OpencodeOtel.Pipeline.Configuration;

namespace OpencodeOtel.Pipeline.Enriching.Emitting;

/// <summary>What we measure. A disabled instrument is <see langword="null"/>: it is never recorded.</summary>
/// <param name="options">The prefix, the scale of the cost, and what is disabled.</param>
internal sealed class Instruments(TelemetryOptions options)
{
    // 1 s to 2 h, in milliseconds.
    private static readonly double[] DurationBounds = [1000, 2500, 5000, 10000, 30000, 60000, 120000, 300000, 600000, 1800000, 3600000, 7200000];
    private static readonly double[] TokenBounds = [100, 500, 1000, 5000, 10000, 50000, 100000, 500000, 1000000, 5000000, 10000000];
    private static readonly double[] CostBounds = [0.001, 0.005, 0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25, 50, 100];

    /// <summary>Gets <c>session.count</c>.</summary>
    public Instrument? SessionCount { get; } = Counter(options, "session.count", "{session}", "Sessions created");

    /// <summary>Gets <c>token.usage</c>.</summary>
    public Instrument? TokenUsage { get; } = Counter(options, "token.usage", "tokens", "Tokens used, by type");

    /// <summary>Gets <c>cost.usage</c>, in US dollars times the scale.</summary>
    public Instrument? CostUsage { get; } = Cost(options);

    /// <summary>Gets <c>cache.count</c>.</summary>
    public Instrument? CacheCount { get; } = Counter(options, "cache.count", "{request}", "Model requests that read from or wrote to the prompt cache");

    /// <summary>Gets <c>message.count</c>.</summary>
    public Instrument? MessageCount { get; } = Counter(options, "message.count", "{message}", "Assistant messages completed");

    /// <summary>Gets <c>model.usage</c>.</summary>
    public Instrument? ModelUsage { get; } = Counter(options, "model.usage", "{request}", "Assistant messages completed, by model and provider");

    /// <summary>Gets <c>lines_of_code.count</c>.</summary>
    public Instrument? LinesCount { get; } = Counter(options, "lines_of_code.count", "{line}", "Lines of code added and removed, gross");

    /// <summary>Gets <c>lines_of_code.total</c>.</summary>
    public Instrument? LinesTotal { get; } = Gauge(options, "lines_of_code.total", "{line}", "Lines of code that a session has added and removed, net of reverts");

    /// <summary>Gets <c>commit.count</c>.</summary>
    public Instrument? CommitCount { get; } = Counter(options, "commit.count", "{commit}", "Commits made by shell commands");

    /// <summary>Gets <c>subtask.count</c>.</summary>
    public Instrument? SubtaskCount { get; } = Counter(options, "subtask.count", "{subtask}", "Subtasks invoked, by agent");

    /// <summary>Gets <c>retry.count</c>.</summary>
    public Instrument? RetryCount { get; } = Counter(options, "retry.count", "{retry}", "Retries of model requests");

    /// <summary>Gets <c>tool.duration</c>, in milliseconds.</summary>
    public Instrument? ToolDuration { get; } = Histogram(options, "tool.duration", "ms", "Duration of tool calls", BucketBounds.Default);

    /// <summary>Gets <c>session.duration</c>, in milliseconds.</summary>
    public Instrument? SessionDuration { get; } = Histogram(options, "session.duration", "ms", "Duration of session runs", DurationBounds);

    /// <summary>Gets <c>session.token.total</c>.</summary>
    public Instrument? SessionTokenTotal { get; } = Histogram(options, "session.token.total", "tokens", "Tokens of session runs", TokenBounds);

    /// <summary>Gets <c>session.cost.total</c>, in US dollars whatever the scale.</summary>
    public Instrument? SessionCostTotal { get; } = Histogram(options, "session.cost.total", "USD", "Cost of session runs in USD", CostBounds);

    private static Instrument? Cost(TelemetryOptions options)
    {
        if (options.CostScale == 1)
        {
            return Counter(options, "cost.usage", "USD", "Cost of model requests in USD", isInteger: false);
        }

        string scale = options.CostScale.ToString("R", CultureInfo.InvariantCulture);
        return Counter(options, "cost.usage", $"USD/{scale}", $"Cost of model requests in USD, multiplied by {scale}", isInteger: false);
    }

    private static Instrument? Counter(TelemetryOptions options, string suffix, string unit, string description, bool isInteger = true) =>
        options.DisabledMetrics.Contains(suffix) ? null : new Instrument
        {
            Name = options.MetricPrefix + suffix,
            Kind = InstrumentKind.Counter,
            IsInteger = isInteger,
            Unit = unit,
            Description = description,
        };

    private static Instrument? Gauge(TelemetryOptions options, string suffix, string unit, string description) =>
        options.DisabledMetrics.Contains(suffix) ? null : new Instrument
        {
            Name = options.MetricPrefix + suffix,
            Kind = InstrumentKind.Gauge,
            IsInteger = true,
            Unit = unit,
            Description = description,
        };

    private static Instrument? Histogram(TelemetryOptions options, string suffix, string unit, string description, double[] bounds) =>
        options.DisabledMetrics.Contains(suffix) ? null : new Instrument
        {
            Name = options.MetricPrefix + suffix,
            Kind = InstrumentKind.Histogram,
            IsInteger = false,
            Unit = unit,
            Description = description,
            Bounds = bounds,
        };
}
