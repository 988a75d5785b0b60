namespace OpencodeOtel.Pipeline.Configuration;

/// <summary>OpenTelemetry's limits of spans and log records. What is beyond a count is dropped and counted; a value beyond a length is cut.</summary>
/// <remarks>Resources, metric points and the bodies of log records have no limits.</remarks>
public sealed record SignalLimits
{
    /// <summary>The value of a length that has no limit.</summary>
    public const int NoLimit = int.MaxValue;

    /// <summary>Gets how many attributes a span has at most.</summary>
    /// <value>128 by default.</value>
    public int SpanAttributes { get; init; } = 128;

    /// <summary>Gets how many characters or bytes a value of a span, its events or its links has at most, at any depth.</summary>
    /// <value><see cref="NoLimit"/> by default.</value>
    public int SpanValueLength { get; init; } = NoLimit;

    /// <summary>Gets how many events a span has at most.</summary>
    /// <value>128 by default.</value>
    public int SpanEvents { get; init; } = 128;

    /// <summary>Gets how many links a span has at most.</summary>
    /// <value>128 by default.</value>
    public int SpanLinks { get; init; } = 128;

    /// <summary>Gets how many attributes an event of a span has at most.</summary>
    /// <value>128 by default.</value>
    public int EventAttributes { get; init; } = 128;

    /// <summary>Gets how many attributes a link has at most.</summary>
    /// <value>128 by default.</value>
    public int LinkAttributes { get; init; } = 128;

    /// <summary>Gets how many attributes a log record has at most.</summary>
    /// <value>128 by default.</value>
    public int LogAttributes { get; init; } = 128;

    /// <summary>Gets how many characters or bytes a value of a log record's attribute has at most, at any depth.</summary>
    /// <value><see cref="NoLimit"/> by default.</value>
    public int LogValueLength { get; init; } = NoLimit;
}
