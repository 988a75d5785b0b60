using OpencodeOtel.Otlp.Messages;
using OpencodeOtel.Otlp.Model;

namespace OpencodeOtel.Otlp.Tests.Messages;

/// <summary>
/// Messages written by hand from the schema and <see href="https://protobuf.dev/programming-guides/encoding/"/>: a tag
/// is the field number times eight plus the wire type, lengths and integers are varints, fixed numbers little-endian.
/// </summary>
public sealed class ProtobufVectorTests
{
    private const string Attribute = "0a016b 1203 0a0176"; // key = 1 "k", value = 2 { string_value = 1 "v" }: 8 bytes

    [Fact]
    public void A_span_with_every_field() => Encoded.AssertBytes(
        $"""
        12 b101                                    // ScopeSpans.spans = 2, 177 bytes
        0a 10 000102030405060708090a0b0c0d0e0f     // trace_id = 1
        12 08 1011121314151617                     // span_id = 2
        1a 03 613d62                               // trace_state = 3 "a=b"
        22 08 18191a1b1c1d1e1f                     // parent_span_id = 4
        2a 02 6f70                                 // name = 5 "op"
        30 03                                      // kind = 6 CLIENT
        39 0100000000000000                        // start_time_unix_nano = 7, fixed64
        41 0200000000000000                        // end_time_unix_nano = 8, fixed64
        4a 08 {Attribute}                          // attributes = 9
        50 03                                      // dropped_attributes_count = 10
        5a 18                                      // events = 11, 24 bytes
           09 0400000000000000                     //   time_unix_nano = 1
           12 01 65                                //   name = 2 "e"
           1a 08 {Attribute}                       //   attributes = 3
           20 05                                   //   dropped_attributes_count = 4
        60 06                                      // dropped_events_count = 12
        6a 32                                      // links = 13, 50 bytes
           0a 10 000102030405060708090a0b0c0d0e0f  //   trace_id = 1
           12 08 1011121314151617                  //   span_id = 2
           1a 03 633d64                            //   trace_state = 3 "c=d"
           22 08 {Attribute}                       //   attributes = 4
           28 07                                   //   dropped_attributes_count = 5
           35 01000000                             //   flags = 6, fixed32
        70 ac02                                    // dropped_links_count = 14: 300
        7a 07                                      // status = 15
           12 03 626164                            //   message = 2 "bad"
           18 02                                   //   code = 3 ERROR
        8501 01010000                              // flags = 16, fixed32: a tag of two bytes
        """,
        Encoded.Item<SpanEncoder, Span>(WireForm.Protobuf, Some.Span));

    [Fact]
    public void A_span_with_nothing_set_is_empty() =>
        Encoded.AssertBytes("12 00", Encoded.Item<SpanEncoder, Span>(WireForm.Protobuf, default));

    [Theory]
    [InlineData(StatusCode.Unset, "message", "12 00")]
    [InlineData(StatusCode.Ok, "message", "12 04 7a 02 18 01")]
    [InlineData(StatusCode.Error, "", "12 04 7a 02 18 02")]
    [InlineData(StatusCode.Error, "m", "12 07 7a 05 12 01 6d 18 02")]
    public void Item_129_A_status_has_a_message_only_with_an_error_and_is_left_out_when_unset(StatusCode code, string message, string expected) =>
        Encoded.AssertBytes(
            expected, Encoded.Item<SpanEncoder, Span>(WireForm.Protobuf, new Span { StatusCode = code, StatusMessage = message }));

    [Fact]
    public void A_log_record_with_every_field() => Encoded.AssertBytes(
        $"""
        12 51                                      // ScopeLogs.log_records = 2
        09 0100000000000000                        // time_unix_nano = 1
        10 09                                      // severity_number = 2 INFO
        1a 04 494e464f                             // severity_text = 3
        2a 04 0a 02 6869                           // body = 5, string_value = 1
        32 08 {Attribute}                          // attributes = 6
        38 03                                      // dropped_attributes_count = 7
        45 01000000                                // flags = 8, fixed32
        4a 10 000102030405060708090a0b0c0d0e0f     // trace_id = 9
        52 08 1011121314151617                     // span_id = 10
        59 0200000000000000                        // observed_time_unix_nano = 11
        62 02 6576                                 // event_name = 12
        """,
        Encoded.Item<LogRecordEncoder, LogRecord>(WireForm.Protobuf, Some.Log));

    [Fact]
    public void A_number_point_with_an_exemplar() => Encoded.AssertBytes(
        $"""
        0a 61                                      // Sum.data_points = 1
        11 0100000000000000                        // start_time_unix_nano = 2
        19 0200000000000000                        // time_unix_nano = 3
        2a 38                                      // exemplars = 5: before as_int and attributes
           11 0400000000000000                     //   time_unix_nano = 2
           19 000000000000f03f                     //   as_double = 3: 1.0
           22 08 1011121314151617                  //   span_id = 4
           2a 10 000102030405060708090a0b0c0d0e0f  //   trace_id = 5
           3a 08 {Attribute}                       //   filtered_attributes = 7
        31 0300000000000000                        // as_int = 6, sfixed64
        3a 08 {Attribute}                          // attributes = 7
        40 01                                      // flags = 8
        """,
        Encoded.Item<NumberDataPointEncoder, NumberDataPoint>(WireForm.Protobuf, Some.Number));

    [Theory]
    [InlineData(NumberKind.Int, "0a 09 31 0000000000000000")]
    [InlineData(NumberKind.Double, "0a 09 21 0000000000000000")]
    [InlineData(NumberKind.None, "0a 00")]
    public void Item_102_A_number_that_is_zero_is_written_and_one_that_is_unset_is_not(NumberKind kind, string expected)
    {
        NumberValue value = kind switch
        {
            NumberKind.Int => NumberValue.FromInt64(0),
            NumberKind.Double => NumberValue.FromDouble(0),
            _ => default,
        };
        Encoded.AssertBytes(
            expected, Encoded.Item<NumberDataPointEncoder, NumberDataPoint>(WireForm.Protobuf, new NumberDataPoint { Value = value }));
    }

    [Fact]
    public void Items_099_103_A_histogram_point_has_packed_lists_and_keeps_a_minimum_of_zero() => Encoded.AssertBytes(
        $"""
        0a 5e                                      // Histogram.data_points = 1
        11 0100000000000000                        // start_time_unix_nano = 2
        19 0200000000000000                        // time_unix_nano = 3
        21 0300000000000000                        // count = 4, fixed64
        29 000000000000f03f                        // sum = 5
        32 10 0100000000000000 0200000000000000    // bucket_counts = 6, packed fixed64
        3a 08 000000000000f03f                     // explicit_bounds = 7, packed double
        4a 08 {Attribute}                          // attributes = 9
        50 01                                      // flags = 10
        59 0000000000000000                        // min = 11: 0, but set
        61 000000000000f0bf                        // max = 12: -1.0
        """,
        Encoded.Item<HistogramDataPointEncoder, HistogramDataPoint>(WireForm.Protobuf, Some.Histogram));

    [Fact]
    public void Item_099_An_exponential_histogram_point_with_every_field() => Encoded.AssertBytes(
        $"""
        0a 66                                      // ExponentialHistogram.data_points = 1
        0a 08 {Attribute}                          // attributes = 1
        11 0100000000000000                        // start_time_unix_nano = 2
        19 0200000000000000                        // time_unix_nano = 3
        21 2f01000000000000                        // count = 4
        29 000000000000f03f                        // sum = 5
        30 03                                      // scale = 6, sint32: -2
        39 0100000000000000                        // zero_count = 7
        42 07 08 06 12 03 01 ac02                  // positive = 8: offset = 1, sint32 3; bucket_counts = 2, packed varints 1, 300
        4a 05 08 01 12 01 01                       // negative = 9: offset -1; 1
        50 01                                      // flags = 10
        61 000000000000f0bf                        // min = 12
        69 000000000000f03f                        // max = 13
        71 000000000000e03f                        // zero_threshold = 14
        """,
        Encoded.Item<ExponentialHistogramDataPointEncoder, ExponentialHistogramDataPoint>(WireForm.Protobuf, Some.Exponential));

    [Fact]
    public void A_summary_point_leaves_out_a_quantile_of_zero() => Encoded.AssertBytes(
        $"""
        0a 4f                                      // Summary.data_points = 1
        11 0100000000000000                        // start_time_unix_nano = 2
        19 0200000000000000                        // time_unix_nano = 3
        21 0300000000000000                        // count = 4
        29 000000000000f03f                        // sum = 5
        32 09 11 000000000000e03f                  // quantile_values = 6: value = 2
        32 12 09 000000000000f03f 11 000000000000f03f
        3a 08 {Attribute}                          // attributes = 7
        40 01                                      // flags = 8
        """,
        Encoded.Item<SummaryDataPointEncoder, SummaryDataPoint>(WireForm.Protobuf, Some.Summary));

    [Fact]
    public void Items_117_119_120_A_trace_request() => Encoded.AssertBytes(
        $"""
        0a 42                                      // resource_spans = 1
        0a 1d                                      //   resource = 1
           0a 08 {Attribute}                       //     attributes = 1
           10 01                                   //     dropped_attributes_count = 2
           1a 0f                                   //     entity_refs = 3
              0a 01 73  12 01 74                   //       schema_url = 1, type = 2
              1a 01 6b  1a 01 6c  22 01 6d         //       id_keys = 3, id_keys = 3, description_keys = 4
        12 1d                                      //   scope_spans = 2
           0a 12                                   //     scope = 1
              0a 01 6e  12 01 31                   //       name = 1, version = 2
              1a 08 {Attribute}                    //       attributes = 3
              20 02                                //       dropped_attributes_count = 4
           12 03 2a 01 6f                          //     spans = 2: name = 5 "o"
           1a 02 7373                              //     schema_url = 3
        1a 02 7273                                 //   schema_url = 3
        """,
        Encoded.Request(Signal.Traces, WireForm.Protobuf, Some.Resource, Some.Scope, builder => builder.TryAppend(new Span { Name = "o" }, 1 << 20)));
}
