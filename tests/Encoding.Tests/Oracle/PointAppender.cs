namespace OpencodeOtel.Otlp.Tests.Oracle;

/// <summary>Appends one point, of whatever kind, to a builder.</summary>
internal delegate bool PointAppender(ExportRequestBuilder builder, int limit);
