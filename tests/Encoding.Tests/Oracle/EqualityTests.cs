using CsCheck;
using Google.Protobuf;
using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Otlp.Tests.Random;
using OpenTelemetry.Proto.Collector.Logs.V1;
using OpenTelemetry.Proto.Collector.Metrics.V1;
using OpenTelemetry.Proto.Collector.Trace.V1;

namespace OpencodeOtel.Otlp.Tests.Oracle;

/// <summary>Random requests are, byte for byte, what Google.Protobuf writes, and tree for tree, what its JSON formatter writes.</summary>
public sealed class EqualityTests
{
    [Fact]
    public void Items_098_101_Traces_in_protobuf_are_the_bytes_of_the_reference_serialiser() =>
        RandomTraces.Request.Sample(request => AssertBytes(request, Built.From(request, WireForm.Protobuf)), iter: 1_000);

    [Fact]
    public void Items_098_101_Logs_in_protobuf_are_the_bytes_of_the_reference_serialiser() =>
        RandomLogs.Request.Sample(request => AssertBytes(request, Built.From(request, WireForm.Protobuf)), iter: 1_000);

    [Fact]
    public void Items_098_101_Metrics_in_protobuf_are_the_bytes_of_the_reference_serialiser() =>
        RandomMetrics.Request.Sample(request => AssertBytes(request, Built.From(request, WireForm.Protobuf)), iter: 1_000);

    [Fact]
    public void Traces_in_JSON_are_the_tree_of_the_reference_formatter() =>
        RandomTraces.Request.Sample(
            request => JsonTree.AssertEqual(ExportTraceServiceRequest.Parser.ParseFrom(request.ToByteArray()), Built.From(request, WireForm.Json)),
            iter: 1_000);

    [Fact]
    public void Logs_in_JSON_are_the_tree_of_the_reference_formatter() =>
        RandomLogs.Request.Sample(
            request => JsonTree.AssertEqual(ExportLogsServiceRequest.Parser.ParseFrom(request.ToByteArray()), Built.From(request, WireForm.Json)),
            iter: 1_000);

    [Fact]
    public void Metrics_in_JSON_are_the_tree_of_the_reference_formatter() =>
        RandomMetrics.Request.Sample(
            request => JsonTree.AssertEqual(ExportMetricsServiceRequest.Parser.ParseFrom(request.ToByteArray()), Built.From(request, WireForm.Json)),
            iter: 500);

    private static void AssertBytes(IMessage expected, byte[] actual) =>
        Assert.Equal(Convert.ToHexString(expected.ToByteArray()), Convert.ToHexString(actual));
}
