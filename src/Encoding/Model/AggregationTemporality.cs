namespace OpencodeOtel.Otlp.Model;

/// <summary><c>opentelemetry.proto.metrics.v1.AggregationTemporality</c>.</summary>
public enum AggregationTemporality
{
    /// <summary>Not said; never written for sums and histograms.</summary>
    Unspecified = 0,

    /// <summary>What happened since the previous point.</summary>
    Delta = 1,

    /// <summary>What happened since a fixed start.</summary>
    Cumulative = 2,
}
