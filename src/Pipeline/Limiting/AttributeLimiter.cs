using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Configuration;

namespace OpencodeOtel.Pipeline.Limiting;

/// <summary>Holds attributes to a number and their values to a length.</summary>
/// <remarks>
/// Rules: <see href="https://github.com/open-telemetry/opentelemetry-specification/blob/v1.60.0/specification/common/README.md#attribute-limits"/>.
/// The number is of attributes themselves, not of what is inside them. A length is of characters (code points) in texts and of bytes
/// in byte arrays, at any depth; nothing else is touched, keys neither.
/// </remarks>
/// <param name="count">How many attributes stay; the first ones do.</param>
/// <param name="length">The longest value; <see cref="SignalLimits.NoLimit"/> for none.</param>
internal sealed class AttributeLimiter(int count, int length)
{
    /// <summary>Gets how many values were cut.</summary>
    public long Cut { get; private set; }

    /// <summary>Gives the attributes as they are, or those that stay, cut.</summary>
    /// <param name="attributes">The attributes.</param>
    /// <param name="room">Memory for cut ones, used again by the next call; <see langword="null"/> for new memory.</param>
    /// <param name="dropped">How many were left out.</param>
    public ReadOnlyMemory<KeyValue> Apply(ReadOnlyMemory<KeyValue> attributes, KeyValueRoom? room, out uint dropped)
    {
        dropped = (uint)Math.Max(0, attributes.Length - count);
        ReadOnlyMemory<KeyValue> kept = dropped == 0 ? attributes : attributes[..count];
        if (length == SignalLimits.NoLimit)
        {
            return kept;
        }

        Memory<KeyValue> changed = default;
        for (int at = 0; at < kept.Length; at++)
        {
            KeyValue attribute = kept.Span[at];
            if (TryCut(attribute.Value, depth: 1, out AnyValue cut))
            {
                if (changed.IsEmpty)
                {
                    changed = room is null ? new KeyValue[kept.Length] : room.Take(kept.Length);
                    kept.CopyTo(changed);
                }

                changed.Span[at] = new KeyValue(attribute.Key, cut);
                Cut++;
            }
        }

        return changed.IsEmpty ? kept : changed;
    }

    private bool TryCut(in AnyValue value, int depth, out AnyValue cut)
    {
        cut = value;
        switch (value.Kind)
        {
            case AnyValueKind.String when value.Text.TryCut(length, out OtlpString text):
                cut = text;
                return true;
            case AnyValueKind.Bytes when value.Bytes.Length > length:
                cut = AnyValue.FromBytes(value.Bytes[..length].ToArray());
                return true;
            case AnyValueKind.Array when depth <= AnyValue.DepthLimit:
                return TryCutArray(value.Array, depth, ref cut);
            case AnyValueKind.KeyValueList when depth <= AnyValue.DepthLimit:
                return TryCutList(value.List, depth, ref cut);
            default:
                return false;
        }
    }

    private bool TryCutArray(ReadOnlySpan<AnyValue> values, int depth, ref AnyValue cut)
    {
        AnyValue[]? changed = null;
        for (int at = 0; at < values.Length; at++)
        {
            if (TryCut(values[at], depth + 1, out AnyValue element))
            {
                changed ??= values.ToArray();
                changed[at] = element;
            }
        }

        cut = changed is null ? cut : AnyValue.FromArray(changed);
        return changed is not null;
    }

    private bool TryCutList(ReadOnlySpan<KeyValue> entries, int depth, ref AnyValue cut)
    {
        KeyValue[]? changed = null;
        for (int at = 0; at < entries.Length; at++)
        {
            if (TryCut(entries[at].Value, depth + 1, out AnyValue element))
            {
                changed ??= entries.ToArray();
                changed[at] = new KeyValue(entries[at].Key, element);
            }
        }

        cut = changed is null ? cut : AnyValue.FromList(changed);
        return changed is not null;
    }
}
