using OpencodeOtel.Otlp.Messages;
using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Otlp.Protobuf;
using OpencodeOtel.Otlp.Schema;

namespace OpencodeOtel.Otlp.Splitting;

/// <summary>Copies a protobuf request with a range of its records only; messages on the way that are left without a record are left out.</summary>
/// <remarks>
/// The way to a record is a list of fields, one for each level: resources, scopes, records; in metrics further on to the data and its
/// points. Each message on it is measured before it is copied, since its length stands in front.
/// </remarks>
internal sealed class ProtobufSlice(Signal signal, int from, int to)
{
    private const int DataLevel = 3;

    private readonly uint[] _way = Way(signal);
    private bool _malformed;

    /// <summary>Gets how many records there were, in the range or not.</summary>
    public int Items { get; private set; }

    /// <summary>Copies <paramref name="request"/> to the start of <paramref name="target"/>, which is at least as long.</summary>
    /// <returns>The length of the copy; -1 if it holds no record, or the bytes are no request.</returns>
    public int Copy(ReadOnlySpan<byte> request, Span<byte> target)
    {
        int length = Walk(request, 0, target, write: true);
        return _malformed ? -1 : length;
    }

    private static uint[] Way(Signal signal)
    {
        EnvelopeFields fields = EnvelopeFields.Of(signal);
        return signal == Signal.Metrics
            ? [fields.Request.Tag, fields.Scopes.Tag, fields.Items.Tag, MetricsFields.Metric.Gauge.Tag, MetricsFields.Gauge.DataPoints.Tag]
            : [fields.Request.Tag, fields.Scopes.Tag, fields.Items.Tag];
    }

    /// <summary>Measures or copies one message; -1 if nothing of it is left.</summary>
    private int Walk(ReadOnlySpan<byte> message, int level, Span<byte> target, bool write)
    {
        int length = 0;
        bool kept = false;
        int start = 0;
        var reader = new ProtobufReader(message);
        while (reader.Read())
        {
            int end = message.Length - reader.Remaining;
            ReadOnlySpan<byte> field = message[start..end];
            start = end;
            bool onTheWay = IsOnTheWay(level, reader.Tag);
            if (onTheWay && level < _way.Length - 1)
            {
                int below = WalkBelow(reader.Content, reader.Tag, level, write ? target[length..] : default, write);
                kept |= below > 0;
                length += below;
                continue;
            }

            bool isRecord = onTheWay && level == _way.Length - 1;
            if (isRecord)
            {
                bool wanted = Items >= from && Items < to;
                Items++;
                if (!wanted)
                {
                    continue;
                }

                kept = true;
            }

            if (write)
            {
                field.CopyTo(target[length..]);
            }

            length += field.Length;
        }

        _malformed |= reader.IsMalformed;
        return kept ? length : -1;
    }

    private int WalkBelow(ReadOnlySpan<byte> content, uint tag, int level, Span<byte> target, bool write)
    {
        int items = Items;
        int size = Walk(content, level + 1, default, write: false);
        if (size < 0)
        {
            return 0;
        }

        int head = Varint.Size(tag) + Varint.Size((ulong)size);
        if (write)
        {
            Items = items;
            int tagLength = Varint.Write(target, tag);
            Varint.Write(target[tagLength..], (ulong)size);
            Walk(content, level + 1, target[head..], write: true);
        }

        return head + size;
    }

    private bool IsOnTheWay(int level, uint tag) => level == DataLevel ? IsData(tag) : tag == _way[level];

    private static bool IsData(uint tag) =>
        tag == MetricsFields.Metric.Gauge.Tag || tag == MetricsFields.Metric.Sum.Tag || tag == MetricsFields.Metric.Histogram.Tag
        || tag == MetricsFields.Metric.ExponentialHistogram.Tag || tag == MetricsFields.Metric.Summary.Tag;
}
