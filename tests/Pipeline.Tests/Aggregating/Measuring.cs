using System.Buffers.Binary;
using System.Globalization;
using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Aggregating;

namespace OpencodeOtel.Pipeline.Tests.Aggregating;

/// <summary>Short words for instruments, measurements and attributes.</summary>
internal static class Measuring
{
    public static Instrument Instrument(string kind, bool isInteger = true, params double[] bounds) => new()
    {
        Name = "opencode." + kind,
        Kind = Enum.Parse<InstrumentKind>(kind),
        IsInteger = isInteger,
        Unit = "{thing}",
        Description = "Things.",
        Bounds = bounds,
    };

    public static KeyValue Attribute(string key, AnyValue value) => new(OtlpString.Transcode(key), value);

    public static KeyValue[] Session(int number) => [Attribute("session.id", OtlpString.Transcode($"ses_{number:d26}"))];

    public static void Record(this MetricAggregator aggregator, Instrument instrument, NumberValue value, long time, params KeyValue[] attributes) =>
        aggregator.Record(new Measurement { Instrument = instrument, Value = value, Time = time, Attributes = attributes });

    /// <summary>Records a measurement within a span.</summary>
    public static void RecordIn(
        this MetricAggregator aggregator, int span, Instrument instrument, NumberValue value, long time, params KeyValue[] attributes) =>
        aggregator.Record(new Measurement
        {
            Instrument = instrument,
            Value = value,
            Time = time,
            Attributes = attributes,
            TraceId = TraceOf(span),
            SpanId = SpanOf(span),
        });

    public static SpanId SpanOf(int number)
    {
        Span<byte> bytes = stackalloc byte[SpanId.Size];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        return new SpanId(bytes);
    }

    public static TraceId TraceOf(int number)
    {
        Span<byte> bytes = stackalloc byte[TraceId.Size];
        bytes.Fill(0xAB);
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        return new TraceId(bytes);
    }

    /// <summary>Attributes as comparable text, whatever their order.</summary>
    public static string Text(ReadOnlySpan<KeyValue> attributes)
    {
        var parts = new List<string>();
        foreach (KeyValue attribute in attributes)
        {
            AnyValue value = attribute.Value;
            string text = value.Kind switch
            {
                AnyValueKind.String => value.Text.ToString(),
                AnyValueKind.Bool => value.Bool.ToString(),
                AnyValueKind.Int => value.Int.ToString(CultureInfo.InvariantCulture),
                _ => value.Double.ToString(CultureInfo.InvariantCulture),
            };
            parts.Add($"{attribute.Key}={text}");
        }

        parts.Sort(StringComparer.Ordinal);
        return string.Join(';', parts);
    }

    /// <summary>The time of points, for a time of measurements.</summary>
    public static ulong Nano(long milliseconds) => (ulong)milliseconds * 1_000_000;
}
