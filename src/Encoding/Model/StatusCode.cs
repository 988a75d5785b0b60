namespace OpencodeOtel.Otlp.Model;

/// <summary><c>opentelemetry.proto.trace.v1.Status.StatusCode</c>.</summary>
public enum StatusCode
{
    /// <summary>Nothing is said.</summary>
    Unset = 0,

    /// <summary>Succeeded.</summary>
    Ok = 1,

    /// <summary>Failed.</summary>
    Error = 2,
}
