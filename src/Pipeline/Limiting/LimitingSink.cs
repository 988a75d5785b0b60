using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Aggregating;
using OpencodeOtel.Pipeline.Configuration;
using OpencodeOtel.Pipeline.Enriching;

namespace OpencodeOtel.Pipeline.Limiting;

/// <summary>Holds spans and log records to their limits on the way from enriching; measurements and the bodies of records have none.</summary>
/// <param name="next">Where they go on to.</param>
/// <param name="limits">The limits.</param>
/// <param name="warn">Called for the first record that lost something, and never again: one message, however many records.</param>
internal sealed class LimitingSink(ISignalSink next, SignalLimits limits, Action warn) : ISignalSink
{
    private readonly AttributeLimiter _spans = new(limits.SpanAttributes, limits.SpanValueLength);
    private readonly AttributeLimiter _events = new(limits.EventAttributes, limits.SpanValueLength);
    private readonly AttributeLimiter _links = new(limits.LinkAttributes, limits.SpanValueLength);
    private readonly AttributeLimiter _logs = new(limits.LogAttributes, limits.LogValueLength);
    private readonly KeyValueRoom _room = new();
    private long _attributesDropped;
    private long _partsDropped;
    private bool _hasWarned;

    /// <summary>Gets how often each limit was hit, by name. What spans dropped before they came here is not counted again.</summary>
    public IEnumerable<KeyValuePair<string, long>> Bounds => new KeyValuePair<string, long>[]
    {
        new("attributes dropped by limits", _attributesDropped),
        new("events and links dropped by limits", _partsDropped),
        new("attribute values cut by limits", _spans.Cut + _events.Cut + _links.Cut + _logs.Cut),
    }.Where(bound => bound.Value > 0);

    /// <inheritdoc/>
    public void Emit(in Span span)
    {
        long before = _attributesDropped;
        ReadOnlyMemory<KeyValue> attributes = _spans.Apply(span.Attributes, _room, out uint dropped);
        ReadOnlyMemory<SpanEvent> events = LimitEvents(span.Events, out uint droppedEvents);
        ReadOnlyMemory<SpanLink> links = LimitLinks(span.Links, out uint droppedLinks);
        _attributesDropped += dropped;
        _partsDropped += droppedEvents + droppedLinks;
        if (attributes.Equals(span.Attributes) && events.Equals(span.Events) && links.Equals(span.Links))
        {
            Pass(in span);
            return;
        }

        Span limited = span with
        {
            Attributes = attributes,
            DroppedAttributesCount = span.DroppedAttributesCount + dropped,
            Events = events,
            DroppedEventsCount = span.DroppedEventsCount + droppedEvents,
            Links = links,
            DroppedLinksCount = span.DroppedLinksCount + droppedLinks,
        };
        if (_attributesDropped > before)
        {
            WarnOnce(); // Also when only events and links lost attributes.
        }

        Pass(in limited);
    }

    /// <inheritdoc/>
    public void Emit(in LogRecord record)
    {
        ReadOnlyMemory<KeyValue> attributes = _logs.Apply(record.Attributes, _room, out uint dropped);
        _attributesDropped += dropped;
        if (attributes.Equals(record.Attributes))
        {
            Pass(in record);
            return;
        }

        LogRecord limited = record with { Attributes = attributes, DroppedAttributesCount = record.DroppedAttributesCount + dropped };
        Pass(in limited);
    }

    /// <inheritdoc/>
    public void Record(in Measurement measurement) => next.Record(in measurement);

    /// <inheritdoc/>
    public void SessionEnded(OtlpString sessionId) => next.SessionEnded(sessionId);

    private void Pass(in Span span)
    {
        if (span.DroppedAttributesCount + span.DroppedEventsCount + span.DroppedLinksCount > 0)
        {
            WarnOnce();
        }

        next.Emit(in span);
    }

    private void Pass(in LogRecord record)
    {
        if (record.DroppedAttributesCount > 0)
        {
            WarnOnce();
        }

        next.Emit(in record);
    }

    private ReadOnlyMemory<SpanEvent> LimitEvents(ReadOnlyMemory<SpanEvent> events, out uint dropped)
    {
        ReadOnlyMemory<SpanEvent> kept = FirstOf(events, limits.SpanEvents, out dropped);
        SpanEvent[]? changed = null;
        for (int at = 0; at < kept.Length; at++)
        {
            SpanEvent one = kept.Span[at];
            ReadOnlyMemory<KeyValue> attributes = _events.Apply(one.Attributes, room: null, out uint droppedAttributes);
            if (!attributes.Equals(one.Attributes))
            {
                _attributesDropped += droppedAttributes;
                changed ??= kept.ToArray();
                changed[at] = one with { Attributes = attributes, DroppedAttributesCount = one.DroppedAttributesCount + droppedAttributes };
            }
        }

        return changed ?? kept;
    }

    private ReadOnlyMemory<SpanLink> LimitLinks(ReadOnlyMemory<SpanLink> links, out uint dropped)
    {
        ReadOnlyMemory<SpanLink> kept = FirstOf(links, limits.SpanLinks, out dropped);
        SpanLink[]? changed = null;
        for (int at = 0; at < kept.Length; at++)
        {
            SpanLink one = kept.Span[at];
            ReadOnlyMemory<KeyValue> attributes = _links.Apply(one.Attributes, room: null, out uint droppedAttributes);
            if (!attributes.Equals(one.Attributes))
            {
                _attributesDropped += droppedAttributes;
                changed ??= kept.ToArray();
                changed[at] = one with { Attributes = attributes, DroppedAttributesCount = one.DroppedAttributesCount + droppedAttributes };
            }
        }

        return changed ?? kept;
    }

    private static ReadOnlyMemory<T> FirstOf<T>(ReadOnlyMemory<T> parts, int most, out uint dropped)
    {
        dropped = (uint)Math.Max(0, parts.Length - most);
        return dropped == 0 ? parts : parts[..most];
    }

    private void WarnOnce()
    {
        if (!_hasWarned)
        {
            _hasWarned = true;
            warn();
        }
    }
}
