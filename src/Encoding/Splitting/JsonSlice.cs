using System.Text.Json;
using OpencodeOtel.Otlp.Messages;
using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Otlp.Schema;

namespace OpencodeOtel.Otlp.Splitting;

/// <summary>Copies an OTLP/JSON request with a range of its records only; objects on the way that are left without a record are left out.</summary>
/// <remarks>What is copied is the text as it stands. The target is at least as long as the source, and a copy is never longer.</remarks>
internal ref struct JsonSlice(Signal signal, int from, int to, ReadOnlySpan<byte> source, Span<byte> target)
{
    private const int RecordLevel = 2; // of traces and logs: the list of records is a member of the object at this level
    private const int DataLevel = 3; // of metrics
    private const int PointLevel = 4;
    private const int MaxDepth = 512; // attribute values nest by up to 64, each several levels of JSON

    private readonly ReadOnlySpan<byte> _source = source;
    private readonly Span<byte> _target = target;
    private int _length;

    /// <summary>Gets how many records there were, in the range or not.</summary>
    public int Items { get; private set; }

    /// <summary>Copies the request.</summary>
    /// <returns>The length of the copy; -1 if it holds no record, or the text is no request.</returns>
    public int Copy()
    {
        try
        {
            var reader = new Utf8JsonReader(_source, new JsonReaderOptions { MaxDepth = MaxDepth });
            return reader.Read() && reader.TokenType == JsonTokenType.StartObject && CopyObject(ref reader, 0) ? _length : -1;
        }
        catch (JsonException)
        {
            return -1;
        }
    }

    private bool CopyObject(scoped ref Utf8JsonReader reader, int level)
    {
        int begin = _length;
        bool kept = false;
        bool first = true;
        Append("{"u8);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            int name = (int)reader.TokenStartIndex;
            bool onTheWay = IsOnTheWay(level, ref reader);
            reader.Read();
            int mark = _length;
            Append(first ? default : ","u8);
            if (onTheWay)
            {
                Append(_source[name..(int)reader.TokenStartIndex]);
                if (!(level == DataLevel ? CopyObject(ref reader, PointLevel) : CopyList(ref reader, level)))
                {
                    _length = mark;
                    continue;
                }

                kept = true;
            }
            else
            {
                reader.Skip();
                Append(_source[name..(int)reader.BytesConsumed]);
            }

            first = false;
        }

        Append("}"u8);
        _length = kept ? _length : begin;
        return kept;
    }

    private bool CopyList(scoped ref Utf8JsonReader reader, int level)
    {
        bool kept = false;
        bool records = level == PointLevel || (level == RecordLevel && signal != Signal.Metrics);
        Append("["u8);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            int mark = _length;
            Append(kept ? ","u8 : default);
            if (records ? CopyRecord(ref reader) : CopyObject(ref reader, level + 1))
            {
                kept = true;
            }
            else
            {
                _length = mark;
            }
        }

        Append("]"u8);
        return kept;
    }

    private bool CopyRecord(scoped ref Utf8JsonReader reader)
    {
        int start = (int)reader.TokenStartIndex;
        reader.Skip();
        bool wanted = Items >= from && Items < to;
        Items++;
        if (wanted)
        {
            Append(_source[start..(int)reader.BytesConsumed]);
        }

        return wanted;
    }

    private readonly bool IsOnTheWay(int level, scoped ref Utf8JsonReader reader)
    {
        EnvelopeFields fields = EnvelopeFields.Of(signal);
        return level switch
        {
            0 => reader.ValueTextEquals(fields.Request.JsonName),
            1 => reader.ValueTextEquals(fields.Scopes.JsonName),
            RecordLevel => reader.ValueTextEquals(fields.Items.JsonName),
            DataLevel => reader.ValueTextEquals(MetricsFields.Metric.Gauge.JsonName)
                || reader.ValueTextEquals(MetricsFields.Metric.Sum.JsonName)
                || reader.ValueTextEquals(MetricsFields.Metric.Histogram.JsonName)
                || reader.ValueTextEquals(MetricsFields.Metric.ExponentialHistogram.JsonName)
                || reader.ValueTextEquals(MetricsFields.Metric.Summary.JsonName),
            _ => reader.ValueTextEquals(MetricsFields.Gauge.DataPoints.JsonName),
        };
    }

    private void Append(scoped ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_target[_length..]);
        _length += bytes.Length;
    }
}
