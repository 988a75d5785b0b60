using CsCheck;
using OpencodeOtel.Otlp.Json;
using OpencodeOtel.Otlp.Messages;
using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Otlp.Protobuf;
using OpencodeOtel.Otlp.Tests.Oracle;
using OpencodeOtel.Otlp.Tests.Random;

namespace OpencodeOtel.Otlp.Tests.Messages;

/// <summary>
/// A buffer of any length below what is needed: the writer says exactly how much that is, says that it does not fit, and
/// has written nothing behind the end. A buffer of exactly that length suffices.
/// </summary>
public sealed class SmallerBufferTests
{
    private const byte Untouched = 0xA5;

    [Fact]
    public void Of_a_span_with_every_field() => AssertBothForms<SpanEncoder, Span>(Some.Span);

    [Fact]
    public void Of_a_log_record_with_every_field() => AssertBothForms<LogRecordEncoder, LogRecord>(Some.Log);

    [Fact]
    public void Of_points_of_each_kind()
    {
        AssertBothForms<NumberDataPointEncoder, NumberDataPoint>(Some.Number);
        AssertBothForms<HistogramDataPointEncoder, HistogramDataPoint>(Some.Histogram);
        AssertBothForms<ExponentialHistogramDataPointEncoder, ExponentialHistogramDataPoint>(Some.Exponential);
        AssertBothForms<SummaryDataPointEncoder, SummaryDataPoint>(Some.Summary);
    }

    [Fact]
    public void Of_a_span_that_is_shorter_than_expected() => AssertBothForms<SpanEncoder, Span>(new Span { Name = "short" });

    [Fact]
    public void Of_a_record_whose_lengths_need_three_bytes() => AssertBothForms<LogRecordEncoder, LogRecord>(
        new LogRecord { Body = AnyValue.FromArray(AnyValue.FromBytes(new byte[17_000]), new string('ü', 300)) }, step: 97);

    [Fact]
    public void Of_random_spans() => RandomTraces.Span.Sample(
        span => AssertBothForms<SpanEncoder, Span>(ModelOf.Span(span), step: 61), iter: 100);

    [Fact]
    public void Of_random_log_records() => RandomLogs.Record.Sample(
        record => AssertBothForms<LogRecordEncoder, LogRecord>(ModelOf.Log(record), step: 61), iter: 100);

    [Fact]
    public void Of_random_points() => RandomPoints.Exponential.Sample(
        point => AssertBothForms<ExponentialHistogramDataPointEncoder, ExponentialHistogramDataPoint>(ModelOf.Point(point), step: 61),
        iter: 100);

    private static void AssertBothForms<TEncoder, TItem>(TItem item, int step = 1)
        where TEncoder : struct, IItemEncoder<TItem>
        where TItem : struct
    {
        AssertEach<ProtobufWriter, TEncoder, TItem>(item, step);
        AssertEach<JsonWriter, TEncoder, TItem>(item, step);
    }

    private static void AssertEach<TWriter, TEncoder, TItem>(TItem item, int step)
        where TWriter : struct, IOtlpWriter, allows ref struct
        where TEncoder : struct, IItemEncoder<TItem>
        where TItem : struct
    {
        byte[] large = new byte[1 << 20];
        TWriter writer = default;
        writer.Use(large);
        TEncoder.Write(ref writer, item);
        Assert.True(writer.Fits);
        (long length, long required) = (writer.Length, writer.BytesRequired);
        byte[] expected = large[..(int)length];

        byte[] buffer = new byte[(int)required + 16];
        for (int size = 0; size < required; size = size + step < required || size == required - 1 ? size + step : (int)required - 1)
        {
            Array.Fill(buffer, Untouched);
            writer = default;
            writer.Use(buffer.AsSpan(0, size));
            TEncoder.Write(ref writer, item);
            Assert.False(writer.Fits);
            Assert.Equal(length, writer.Length);
            Assert.Equal(required, writer.BytesRequired);
            Assert.Equal(-1, buffer.AsSpan(size).IndexOfAnyExcept(Untouched));
        }

        Array.Fill(buffer, Untouched);
        writer = default;
        writer.Use(buffer.AsSpan(0, (int)required));
        TEncoder.Write(ref writer, item);
        Assert.True(writer.Fits);
        Assert.Equal(expected, buffer[..(int)writer.Length]);
        Assert.Equal(-1, buffer.AsSpan((int)required).IndexOfAnyExcept(Untouched));
    }
}
