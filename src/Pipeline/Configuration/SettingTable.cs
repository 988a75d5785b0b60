namespace OpencodeOtel.Pipeline.Configuration;

/// <summary>All settings: a command line builds its options and its help from this table, the resolver reads from it.</summary>
/// <remarks>
/// Values are unset when a variable is empty. Times are integers of milliseconds; on a command line <c>500ms</c>, <c>5s</c>,
/// <c>2m</c> and <c>1h</c> are understood, too. Sizes are bytes, or <c>64KiB</c>, <c>1MiB</c>, <c>1GiB</c>.
/// </remarks>
public static class SettingTable
{
    internal static readonly SettingDefinition Exporter = new("--exporter", null, SettingKind.List, "NAME", "Where telemetry goes: otlp, console, file:DIR or none; repeatable (default otlp)");
    internal static readonly SettingDefinition Enable = new("--enable", "OPENCODE_ENABLE_TELEMETRY", SettingKind.Flag, "", "Switch telemetry on; any text in the variable does (default off)");
    internal static readonly SettingDefinition Endpoint = new("--endpoint", "OPENCODE_OTLP_ENDPOINT", SettingKind.Value, "URL", "OTLP server: http, https, grpc, grpcs or unix URL; a base URL for the HTTP protocols (default http://localhost:4317, port 4318 for HTTP)");
    internal static readonly SettingDefinition Protocol = new("--protocol", "OPENCODE_OTLP_PROTOCOL", SettingKind.Value, "NAME", "grpc, http/protobuf or http/json (default grpc)");
    internal static readonly SettingDefinition Headers = new("--header", "OPENCODE_OTLP_HEADERS", SettingKind.List, "K=V", "Header of every export; repeatable; @FILE reads one a line; the variable takes a comma list") { IsSecret = true };
    internal static readonly SettingDefinition HeadersHelper = new("--headers-helper", "OPENCODE_OTLP_HEADERS_HELPER", SettingKind.Value, "PATH", "Program that prints headers as a JSON object, over the others; run at the start, and again when the server refuses them");
    internal static readonly SettingDefinition Timeout = new("--timeout", "OPENCODE_OTLP_TIMEOUT", SettingKind.Value, "MS", "How long one export may take; 0 for no limit (default 10000)");
    internal static readonly SettingDefinition Compression = new("--compression", "OPENCODE_OTLP_COMPRESSION", SettingKind.Value, "NAME", "How requests are compressed: none, gzip or zstd (default gzip; none on this machine)");
    internal static readonly SettingDefinition Certificate = new("--certificate", "OPENCODE_OTLP_CERTIFICATE", SettingKind.Value, "FILE", "PEM file with the authorities that may vouch for the server (default the system's)");
    internal static readonly SettingDefinition ClientCertificate = new("--client-certificate", "OPENCODE_OTLP_CLIENT_CERTIFICATE", SettingKind.Value, "FILE", "PEM file with the client's certificate and its chain, for mutual TLS");
    internal static readonly SettingDefinition ClientKey = new("--client-key", "OPENCODE_OTLP_CLIENT_KEY", SettingKind.Value, "FILE", "PEM file with the key of the client's certificate, not encrypted");
    internal static readonly SettingDefinition MetricsInterval = new("--metrics-interval", "OPENCODE_OTLP_METRICS_INTERVAL", SettingKind.Value, "MS", "How often metrics are collected (default 60000)");
    internal static readonly SettingDefinition LogsInterval = new("--logs-interval", "OPENCODE_OTLP_LOGS_INTERVAL", SettingKind.Value, "MS", "How long log records and spans wait for company (default 5000)");
    internal static readonly SettingDefinition MetricsTemporality = new("--metrics-temporality", "OPENCODE_OTLP_METRICS_TEMPORALITY", SettingKind.Value, "NAME", "cumulative, delta or lowmemory (default cumulative)");
    internal static readonly SettingDefinition MetricPrefix = new("--metric-prefix", "OPENCODE_METRIC_PREFIX", SettingKind.Value, "TEXT", "What stands before each metric and span name; \"\" for nothing (default opencode.)");
    internal static readonly SettingDefinition DisableMetrics = new("--disable-metrics", "OPENCODE_DISABLE_METRICS", SettingKind.List, "NAMES", "Metrics that are not recorded: comma list of names without prefix");
    internal static readonly SettingDefinition DisableLogs = new("--disable-logs", "OPENCODE_DISABLE_LOGS", SettingKind.Flag, "", "Make no log records; any text in the variable does");
    internal static readonly SettingDefinition DisableTraces = new("--disable-traces", "OPENCODE_DISABLE_TRACES", SettingKind.List, "TYPES", "Spans that are not made: comma list of session, llm, tool, or all");
    internal static readonly SettingDefinition ResourceAttributes = new("--resource-attribute", "OPENCODE_RESOURCE_ATTRIBUTES", SettingKind.List, "K=V", "Attribute of the resource; repeatable; the variable takes a comma list");
    internal static readonly SettingDefinition SpanAttributes = new("--span-attribute", "OPENCODE_SPAN_ATTRIBUTES", SettingKind.List, "K=V", "Attribute of every span; repeatable; the variable takes a comma list");
    internal static readonly SettingDefinition MetricAttributes = new("--metric-attribute", "OPENCODE_METRIC_ATTRIBUTES", SettingKind.List, "K=V", "Attribute of every metric point; repeatable; the variable takes a comma list");
    internal static readonly SettingDefinition ExcludeMetricAttributes = new("--exclude-metrics-attributes", "OPENCODE_EXCLUDE_METRICS_ATTRIBUTES", SettingKind.List, "KEYS", "Attributes that no metric point has: comma list");
    internal static readonly SettingDefinition CostUsageScale = new("--cost-usage-scale", "OPENCODE_COST_USAGE_SCALE", SettingKind.Value, "NUMBER", "Factor of the cost counter (default 1)");
    internal static readonly SettingDefinition CaptureContent = new("--capture-content", "OPENCODE_CAPTURE_CONTENT", SettingKind.Flag, "", "Put prompts, answers, tool inputs and outputs on spans (default off)");
    internal static readonly SettingDefinition MaxContentBytes = new("--max-content-bytes", null, SettingKind.Value, "SIZE", "Where captured content is cut, each value (default 64KiB)");
    internal static readonly SettingDefinition TraceIds = new("--trace-ids", "OPENCODE_TRACE_IDS", SettingKind.Value, "NAME", "derived from opencode's own ids, or random (default derived)");
    internal static readonly SettingDefinition Model = new("--model", null, SettingKind.Value, "NAME", "Model, as PROVIDER/MODEL, of a stream that tells none: opencode run --format json");
    internal static readonly SettingDefinition Agent = new("--agent", null, SettingKind.Value, "NAME", "Agent of a stream that tells none: opencode run --format json");
    internal static readonly SettingDefinition Traceparent = new("--traceparent", "OPENCODE_TRACEPARENT", SettingKind.Value, "TEXT", "W3C traceparent that all spans nest under (default: TRACEPARENT)");
    internal static readonly SettingDefinition Tracestate = new("--tracestate", "OPENCODE_TRACESTATE", SettingKind.Value, "TEXT", "W3C tracestate that goes with it (default: TRACESTATE)");
    internal static readonly SettingDefinition SpanAttributeLimit = new("--span-attribute-limit", null, SettingKind.Value, "N", "Attributes a span has at most (default 128)");
    internal static readonly SettingDefinition SpanValueLimit = new("--span-value-limit", null, SettingKind.Value, "N", "Characters or bytes that a value on a span has at most (default no limit)");
    internal static readonly SettingDefinition SpanEventLimit = new("--span-event-limit", null, SettingKind.Value, "N", "Events a span has at most (default 128)");
    internal static readonly SettingDefinition SpanLinkLimit = new("--span-link-limit", null, SettingKind.Value, "N", "Links a span has at most (default 128)");
    internal static readonly SettingDefinition EventAttributeLimit = new("--event-attribute-limit", null, SettingKind.Value, "N", "Attributes an event of a span has at most (default 128)");
    internal static readonly SettingDefinition LinkAttributeLimit = new("--link-attribute-limit", null, SettingKind.Value, "N", "Attributes a link has at most (default 128)");
    internal static readonly SettingDefinition LogAttributeLimit = new("--log-attribute-limit", null, SettingKind.Value, "N", "Attributes a log record has at most (default 128)");
    internal static readonly SettingDefinition LogValueLimit = new("--log-value-limit", null, SettingKind.Value, "N", "Characters or bytes that a value on a log record has at most (default no limit)");
    internal static readonly SettingDefinition CardinalityLimit = new("--cardinality-limit", null, SettingKind.Value, "N", "Attribute sets a metric, before the overflow point (default 2000)");
    internal static readonly SettingDefinition SessionQuiet = new("--session-quiet", null, SettingKind.Value, "TIME", "How long a session may be quiet before it is forgotten and its series are retired (default 1h)");
    internal static readonly SettingDefinition MetricCardinalityLimit = new("--metric-cardinality-limit", null, SettingKind.List, "NAME=N", "The same limit for one metric, named without prefix; repeatable");
    internal static readonly SettingDefinition HistogramAggregation = new("--histogram-aggregation", null, SettingKind.Value, "NAME", "explicit_bucket_histogram or base2_exponential_bucket_histogram (default explicit_bucket_histogram)");
    internal static readonly SettingDefinition Exemplars = new("--exemplars", null, SettingKind.Value, "NAME", "Measurements that may become exemplars: trace_based for those with an exported span, always_on or always_off (default trace_based)");
    internal static readonly SettingDefinition BatchBytes = new("--batch-bytes", null, SettingKind.Value, "SIZE", "Size at which a request is sent without waiting (default 1MiB)");
    internal static readonly SettingDefinition BatchItems = new("--batch-items", null, SettingKind.Value, "N", "Number of items at which a request is sent without waiting (default no limit)");
    internal static readonly SettingDefinition MaxRequestBytes = new("--max-request-bytes", null, SettingKind.Value, "SIZE", "Size that no request exceeds (default 64MiB)");
    internal static readonly SettingDefinition MaxResponseBytes = new("--max-response-bytes", null, SettingKind.Value, "SIZE", "Size of the largest answer that is read (default 4MiB)");
    internal static readonly SettingDefinition MaxLineBytes = new("--max-line-bytes", null, SettingKind.Value, "SIZE", "Longest line of the input; longer ones are skipped and counted (default 64MiB)");
    internal static readonly SettingDefinition QueueBytes = new("--queue-bytes", null, SettingKind.Value, "SIZE", "Size of each exporter's queue in memory (default 8MiB)");
    internal static readonly SettingDefinition Spool = new("--spool", "OPENCODE_OTLP_SPOOL", SettingKind.Value, "DIR", "Directory where telemetry waits that cannot be delivered now; this program or the next sends it (default none)");
    internal static readonly SettingDefinition SpoolLimit = new("--spool-limit", null, SettingKind.Value, "SIZE", "Size of the spool on disk; beyond it the oldest telemetry is dropped and counted (default 512MiB)");
    internal static readonly SettingDefinition SpoolMaxAge = new("--spool-max-age", null, SettingKind.Value, "TIME", "How long telemetry waits in the spool, before it is given up and counted (default 7d)");
    internal static readonly SettingDefinition RetryBudget = new("--retry-budget", null, SettingKind.Value, "TIME", "How long a request is tried again while the server is away or busy, before it is given up; 0 tries once; with a spool it waits on disk after 1s (default 5m)");
    internal static readonly SettingDefinition Concurrency = new("--concurrency", null, SettingKind.Value, "N", "Requests under way to a server at the same time (default 4, for gRPC 2)");
    internal static readonly SettingDefinition NoWait = new("--no-wait", null, SettingKind.Flag, "", "At the end do not wait for the server's answers: what is not answered is counted as dropped");
    internal static readonly SettingDefinition SelfMetrics = new("--self-metrics", null, SettingKind.Flag, "", "Export metrics of the exporting itself, too: opencode_otel.exporter.*");
    internal static readonly SettingDefinition MaxBlock = new("--max-block", null, SettingKind.Value, "TIME", "How long a full queue may hold back the input, before telemetry is dropped and counted (default 1s)");
    internal static readonly SettingDefinition ShutdownTimeout = new("--shutdown-timeout", null, SettingKind.Value, "TIME", "How long stopping may take (default 5s)");

    /// <summary>Gets all settings, in the order of help.</summary>
    public static IReadOnlyList<SettingDefinition> All { get; } =
    [
        Exporter, Enable, Endpoint, Protocol, Headers, HeadersHelper, Timeout, Compression, Certificate, ClientCertificate, ClientKey,
        MetricsInterval, LogsInterval, MetricsTemporality, MetricPrefix,
        DisableMetrics, DisableLogs, DisableTraces, ResourceAttributes, SpanAttributes, MetricAttributes, ExcludeMetricAttributes,
        CostUsageScale, CaptureContent, MaxContentBytes, Model, Agent, TraceIds, Traceparent, Tracestate,
        SpanAttributeLimit, SpanValueLimit, SpanEventLimit, SpanLinkLimit, EventAttributeLimit, LinkAttributeLimit, LogAttributeLimit,
        LogValueLimit, CardinalityLimit, MetricCardinalityLimit, SessionQuiet, HistogramAggregation, Exemplars, BatchBytes, BatchItems,
        MaxRequestBytes, MaxResponseBytes, MaxLineBytes, QueueBytes, Spool, SpoolLimit, SpoolMaxAge, RetryBudget, Concurrency, MaxBlock,
        NoWait, ShutdownTimeout, SelfMetrics,
    ];
}
