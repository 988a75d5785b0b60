namespace OpencodeOtel.Pipeline.Configuration;

/// <summary>What an endpoint was given for.</summary>
internal enum EndpointScope
{
    /// <summary>The product's own setting: a base URL, which must have a scheme.</summary>
    Product,

    /// <summary>OpenTelemetry's general variable: a base URL; for gRPC the scheme may be left out.</summary>
    General,

    /// <summary>OpenTelemetry's variable of one signal: for HTTP used as it is; for gRPC the scheme may be left out.</summary>
    OneSignal,
}
