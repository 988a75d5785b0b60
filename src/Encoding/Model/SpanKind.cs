namespace OpencodeOtel.Otlp.Model;

/// <summary><c>opentelemetry.proto.trace.v1.Span.SpanKind</c>.</summary>
public enum SpanKind
{
    /// <summary>Not said; not to be used.</summary>
    Unspecified = 0,

    /// <summary>Inside the application.</summary>
    Internal = 1,

    /// <summary>Handles a remote request.</summary>
    Server = 2,

    /// <summary>Makes a remote request.</summary>
    Client = 3,

    /// <summary>Sends a message.</summary>
    Producer = 4,

    /// <summary>Receives a message.</summary>
    Consumer = 5,
}
