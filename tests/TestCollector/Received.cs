using OpenTelemetry.Proto.Common.V1;
using OpenTelemetry.Proto.Resource.V1;

namespace OpencodeOtel.TestCollector;

/// <summary>A span, log record or metric together with the envelopes that it arrived in.</summary>
/// <param name="Resource">The resource; an empty one when none was sent.</param>
/// <param name="ResourceSchemaUrl">The schema of the resource, or an empty text.</param>
/// <param name="Scope">The scope; an empty one when none was sent.</param>
/// <param name="ScopeSchemaUrl">The schema of the scope, or an empty text.</param>
/// <param name="Item">The record itself.</param>
public sealed record Received<T>(
    Resource Resource,
    string ResourceSchemaUrl,
    InstrumentationScope Scope,
    string ScopeSchemaUrl,
    T Item);
