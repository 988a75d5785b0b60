namespace OpencodeOtel.Pipeline.Configuration;

/// <summary>Everything that a pipeline is told: resolved once, then immutable.</summary>
/// <remarks>Defaults are those of the product's specification; the resolver of this folder fills it from a command line and the environment.</remarks>
public sealed record TelemetryOptions
{
    /// <summary>Gets what stands before each metric and span name.</summary>
    /// <value><c>opencode.</c> by default.</value>
    public string MetricPrefix { get; init; } = "opencode.";

    /// <summary>Gets the suffixes of the metrics that are never recorded.</summary>
    public IReadOnlySet<string> DisabledMetrics { get; init; } = new HashSet<string>();

    /// <summary>Gets a value indicating whether no log record is made.</summary>
    public bool LogsDisabled { get; init; }

    /// <summary>Gets the span types that are not made.</summary>
    public SpanTypes DisabledSpans { get; init; }

    /// <summary>Gets attributes of the resource, over our own.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> ResourceAttributes { get; init; } = [];

    /// <summary>Gets attributes of every span, over the start attributes.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> SpanAttributes { get; init; } = [];

    /// <summary>Gets attributes of every metric point, over our own.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> MetricAttributes { get; init; } = [];

    /// <summary>Gets keys that no metric point has, whoever set them.</summary>
    public IReadOnlySet<string> ExcludedMetricAttributes { get; init; } = new HashSet<string>();

    /// <summary>Gets the factor of <c>cost.usage</c>.</summary>
    /// <value>1 by default; finite and positive.</value>
    public double CostScale { get; init; } = 1;

    /// <summary>Gets a value indicating whether prompts, answers, tool inputs and outputs go on spans.</summary>
    public bool CaptureContent { get; init; }

    /// <summary>Gets the largest content value, in UTF-8 bytes.</summary>
    /// <value>65,536 by default.</value>
    public int ContentLimitBytes { get; init; } = 64 * 1024;

    /// <summary>Gets the model of sessions in the run format, which tells none: <c>provider/model</c>, or the model alone.</summary>
    /// <value>Empty by default: unknown.</value>
    public string UntoldModel { get; init; } = string.Empty;

    /// <summary>Gets the agent of sessions in the run format, which tells none.</summary>
    /// <value>Empty by default: unknown.</value>
    public string UntoldAgent { get; init; } = string.Empty;

    /// <summary>Gets a value indicating whether trace and span ids are random instead of derived from opencode's ids.</summary>
    public bool RandomTraceIds { get; init; }

    /// <summary>Gets the remote parent of spans without a local one.</summary>
    public RemoteParent? RemoteParent { get; init; }

    /// <summary>Gets how many attributes, events and links spans and log records have, and how long values are.</summary>
    public SignalLimits Limits { get; init; } = new();

    /// <summary>Gets how counters and histograms are reported.</summary>
    public TemporalityPreference Temporality { get; init; } = TemporalityPreference.Cumulative;

    /// <summary>Gets the largest number of attribute sets a metric.</summary>
    /// <value>2,000 by default.</value>
    public int CardinalityLimit { get; init; } = 2000;

    /// <summary>Gets that number for single metrics, by their suffixes.</summary>
    public IReadOnlyDictionary<string, int> MetricCardinalityLimits { get; init; } = new Dictionary<string, int>();

    /// <summary>Gets how histograms count.</summary>
    public HistogramAggregation HistogramAggregation { get; init; } = HistogramAggregation.ExplicitBuckets;

    /// <summary>Gets which measurements may become exemplars.</summary>
    public ExemplarFilter ExemplarFilter { get; init; } = ExemplarFilter.TraceBased;

    /// <summary>Gets how often metrics are collected.</summary>
    /// <value>60 s by default.</value>
    public TimeSpan MetricsInterval { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Gets how long log records and spans wait for company.</summary>
    /// <value>5 s by default.</value>
    public TimeSpan LogsInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Gets how long spans wait for company, where that differs from log records.</summary>
    /// <value><see cref="LogsInterval"/> by default.</value>
    public TimeSpan? SpansInterval { get; init; }

    /// <summary>Gets the size, in bytes before compression, at which a request is sent without waiting.</summary>
    /// <value>1 MiB by default.</value>
    public int RequestTargetBytes { get; init; } = 1024 * 1024;

    /// <summary>Gets the size, in bytes before compression, that no request exceeds.</summary>
    /// <value>64 MiB by default.</value>
    public int RequestLimitBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Gets the number of items at which a request is sent without waiting.</summary>
    /// <value>Unlimited by default: requests are sized in bytes.</value>
    public int RequestTargetItems { get; init; } = int.MaxValue;

    /// <summary>Gets the number of spans at which a request is sent without waiting, where that differs.</summary>
    /// <value><see cref="RequestTargetItems"/> by default.</value>
    public int? SpanTargetItems { get; init; }

    /// <summary>Gets the number of log records at which a request is sent without waiting, where that differs.</summary>
    /// <value><see cref="RequestTargetItems"/> by default.</value>
    public int? LogTargetItems { get; init; }

    /// <summary>Gets the longest line or event of the input, in bytes; longer ones are skipped and counted.</summary>
    /// <value>64 MiB by default.</value>
    public int LineLimitBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Gets the size of each exporter's queue, in bytes of memory that its requests hold.</summary>
    /// <value>8 MiB by default.</value>
    public long QueueLimitBytes { get; init; } = 8 * 1024 * 1024;

    /// <summary>Gets the directory in which requests wait that cannot be delivered now.</summary>
    /// <value><see langword="null"/> by default: they wait in memory only.</value>
    public string? SpoolDirectory { get; init; }

    /// <summary>Gets the most that the spool may take on disk, in bytes; then its oldest requests are dropped and counted.</summary>
    /// <value>512 MiB by default.</value>
    public long SpoolLimitBytes { get; init; } = 512L * 1024 * 1024;

    /// <summary>Gets how long a request waits in the spool, before it is given up and counted.</summary>
    /// <value>7 days by default.</value>
    public TimeSpan SpoolMaxAge { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Gets how long a request is tried again while an OTLP server fails in a way that may pass.</summary>
    /// <value>5 min by default; zero tries once.</value>
    public TimeSpan RetryBudget { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Gets how many requests may be under way to an OTLP server.</summary>
    /// <value>By default <see langword="null"/>: 4 for HTTP, 2 for gRPC.</value>
    public int? Concurrency { get; init; }

    /// <summary>Gets a value indicating whether stopping waits for OTLP servers to answer; if not, what is not delivered by then is given up at once.</summary>
    public bool WaitWhenStopping { get; init; } = true;

    /// <summary>Gets a value indicating whether the program's own delivery is exported as metrics, <c>opencode_otel.exporter.*</c>.</summary>
    public bool SelfMetrics { get; init; }

    /// <summary>Gets how long input is held back when a queue is full, before payloads are dropped and counted.</summary>
    /// <value>1 s by default; <see cref="Timeout.InfiniteTimeSpan"/> waits for room.</value>
    public TimeSpan MaxBlock { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Gets how long stopping may take.</summary>
    /// <value>5 s by default.</value>
    public TimeSpan ShutdownTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Gets how long a session may be quiet before it is forgotten: an open run ends, its series are retired.</summary>
    /// <value>1 h by default.</value>
    public TimeSpan SessionQuietTime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Gets a value indicating whether "now" is the largest time seen in the events, as for a recording, instead of the clock's.</summary>
    public bool UseEventClock { get; init; }

    /// <summary>Gets the destinations.</summary>
    public IReadOnlyList<ExporterOptions> Exporters { get; init; } = [];
}
