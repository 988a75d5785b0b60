using OpencodeOtel.Pipeline.Configuration;
using static OpencodeOtel.Pipeline.Tests.Configuration.Resolving;

namespace OpencodeOtel.Pipeline.Tests.Configuration;

public class OtlpReaderTests
{
    [Theory]
    [InlineData("--protocol http/json", OtlpProtocol.HttpJson)]
    [InlineData("OPENCODE_OTLP_PROTOCOL=http/protobuf", OtlpProtocol.HttpProtobuf)]
    [InlineData("OPENCODE_OTLP_PROTOCOL=GRPC", OtlpProtocol.Grpc)]
    [InlineData("OTEL_EXPORTER_OTLP_PROTOCOL=http/json", OtlpProtocol.HttpJson)]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL=http/json", OtlpProtocol.HttpJson)]
    [InlineData("OTEL_EXPORTER_OTLP_METRICS_PROTOCOL=http/json", OtlpProtocol.Grpc)]
    public void Item_078_The_protocol_of_a_signal_is_found(string given, OtlpProtocol protocol) => Assert.Equal(protocol, Traces(given).Protocol);

    [Theory]
    [InlineData("OPENCODE_OTLP_PROTOCOL=http")]
    [InlineData("--protocol h2")]
    public void An_unknown_protocol_is_an_error(string given)
    {
        string[] parts = given.Split('=', ' ');
        Assert.Equal($"{parts[0]} is '{parts[1]}'; it must be grpc, http/protobuf or http/json", Error(given));
    }

    [Fact]
    public void An_unknown_protocol_in_opentelemetrys_variable_warns_and_counts_as_unset()
    {
        ResolvedOptions resolved = From("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL=thrift", "OTEL_EXPORTER_OTLP_PROTOCOL=http/json");
        Assert.Equal(OtlpProtocol.HttpJson, resolved.Options.Exporters[0].Traces!.Protocol);
        Assert.Single(resolved.Warnings);
    }

    [Fact]
    public void A_variable_of_one_signal_beats_the_general_one_and_loses_to_the_products()
    {
        string[] given =
        [
            "OPENCODE_OTLP_TIMEOUT=1", "OTEL_EXPORTER_OTLP_LOGS_TIMEOUT=2", "OTEL_EXPORTER_OTLP_TIMEOUT=3",
        ];
        Assert.Equal(1, From(given).Options.Exporters[0].Logs!.Timeout.TotalMilliseconds);
        ExporterOptions without = From(given[1..]).Options.Exporters[0];
        Assert.Equal(2, without.Logs!.Timeout.TotalMilliseconds);
        Assert.Equal(3, without.Traces!.Timeout.TotalMilliseconds);
    }

    [Fact]
    public void Settings_that_differ_by_signal_are_shown_for_each()
    {
        ResolvedOptions resolved = From("OTEL_EXPORTER_OTLP_LOGS_TIMEOUT=2");
        Assert.Contains(new Setting("timeout (logs)", "2 ms", "OTEL_EXPORTER_OTLP_LOGS_TIMEOUT"), resolved.Settings);
        Assert.Contains(new Setting("timeout (traces)", "10000 ms", "default"), resolved.Settings);
        Assert.Contains(new Setting("endpoint", "http://localhost:4317", "default"), resolved.Settings);
    }

    [Theory]
    [InlineData("0", -1, 0)]
    [InlineData("1500", 1500, 0)]
    [InlineData("-1", 10_000, 1)]
    [InlineData("10s", 10_000, 1)]
    public void Items_058_080_A_timeout_of_zero_is_no_limit_and_a_negative_one_is_ignored(string text, int milliseconds, int warnings)
    {
        ResolvedOptions resolved = From($"OPENCODE_OTLP_TIMEOUT={text}");
        Assert.Equal(milliseconds, resolved.Options.Exporters[0].Metrics!.Timeout.TotalMilliseconds);
        Assert.Equal(warnings, resolved.Warnings.Count);
    }

    [Theory]
    [InlineData("OTEL_METRIC_EXPORT_TIMEOUT=7", "timeout (metrics)", "7 ms", "OTEL_METRIC_EXPORT_TIMEOUT")]
    [InlineData("OTEL_BSP_EXPORT_TIMEOUT=7", "timeout (traces)", "7 ms", "OTEL_BSP_EXPORT_TIMEOUT")]
    [InlineData("OTEL_BLRP_EXPORT_TIMEOUT=7", "timeout (logs)", "7 ms", "OTEL_BLRP_EXPORT_TIMEOUT")]
    [InlineData("OTEL_BLRP_EXPORT_TIMEOUT=30000", "timeout", "10000 ms", "default")]
    [InlineData("OTEL_BLRP_EXPORT_TIMEOUT=0", "timeout", "10000 ms", "default")]
    [InlineData("OTEL_BLRP_EXPORT_TIMEOUT=7;OTEL_EXPORTER_OTLP_TIMEOUT=0", "timeout (logs)", "7 ms", "OTEL_BLRP_EXPORT_TIMEOUT")]
    [InlineData("OTEL_BLRP_EXPORT_TIMEOUT=7;OPENCODE_OTLP_TIMEOUT=8", "timeout", "8 ms", "OPENCODE_OTLP_TIMEOUT")]
    [InlineData("OTEL_BLRP_EXPORT_TIMEOUT=7;--timeout 9", "timeout", "9 ms", "--timeout")]
    public void Item_089_The_timeout_of_a_processor_bounds_that_of_its_exporter(string given, string name, string shown, string origin) =>
        Assert.Contains(new Setting(name, shown, origin), From(given.Split(';')).Settings);

    [Theory]
    [InlineData("OPENCODE_OTLP_COMPRESSION=gzip", OtlpCompression.Gzip)]
    [InlineData("--compression zstd", OtlpCompression.Zstd)]
    [InlineData("--compression none;OPENCODE_OTLP_COMPRESSION=gzip", OtlpCompression.None)]
    [InlineData("OTEL_EXPORTER_OTLP_COMPRESSION= GZIP ", OtlpCompression.Gzip)]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_COMPRESSION=none;OTEL_EXPORTER_OTLP_COMPRESSION=gzip", OtlpCompression.None)]
    [InlineData("OTEL_EXPORTER_OTLP_LOGS_COMPRESSION=gzip", OtlpCompression.None)]
    [InlineData("OTEL_EXPORTER_OTLP_COMPRESSION=", OtlpCompression.None)]
    public void Item_079_Compression_is_none_or_gzip_and_zstd_beyond_that(string given, OtlpCompression compression) =>
        Assert.Equal(compression, Traces(given.Split(';')).Compression);

    [Theory]
    [InlineData("OPENCODE_OTLP_ENDPOINT=http://collector.example:4317", OtlpCompression.Gzip)]
    [InlineData("OPENCODE_OTLP_ENDPOINT=http://localhost:4317", OtlpCompression.None)]
    [InlineData("OPENCODE_OTLP_ENDPOINT=http://127.0.0.1:4317", OtlpCompression.None)]
    [InlineData("OPENCODE_OTLP_ENDPOINT=http://[::1]:4317", OtlpCompression.None)]
    [InlineData("OPENCODE_OTLP_ENDPOINT=unix:///run/otel.sock", OtlpCompression.None)]
    [InlineData("OPENCODE_OTLP_ENDPOINT=http://collector.example:4317;OPENCODE_OTLP_COMPRESSION=none", OtlpCompression.None)]
    [InlineData("OPENCODE_OTLP_ENDPOINT=http://localhost:4317;OPENCODE_OTLP_COMPRESSION=gzip", OtlpCompression.Gzip)]
    public void Item_079_Unset_compression_is_gzip_for_another_machine(string given, OtlpCompression compression) =>
        Assert.Equal(compression, Traces(given.Split(';')).Compression);

    [Fact]
    public void An_unknown_compression_in_a_variable_warns_and_is_an_error_where_it_was_typed()
    {
        Assert.Equal(
            "OPENCODE_OTLP_COMPRESSION is 'brotli'; it must be none, gzip or zstd, and is ignored",
            Assert.Single(From("OPENCODE_OTLP_COMPRESSION=brotli").Warnings));
        Assert.Equal("--compression is 'brotli'; it must be none, gzip or zstd", Error("--compression brotli"));
    }

    [Theory]
    [InlineData("OPENCODE_OTLP_HEADERS=a=1, b = x=y%20 ,c=", "a:1|b:x=y%20|c:")]
    [InlineData("OPENCODE_OTLP_HEADERS=a=1,A=2", "a:2")]
    [InlineData("OPENCODE_OTLP_HEADERS=a=1,", "a:1")]
    [InlineData("OTEL_EXPORTER_OTLP_HEADERS=a=x%20y, b = k%3Dv=w ", "a:x y|b:k=v=w")]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_HEADERS=t=1", "t:1")]
    [InlineData("--header a=1,2", "a:1,2")]
    public void Items_081_082_Headers_are_read(string given, string expected)
    {
        ResolvedOptions resolved = From(given, "OTEL_EXPORTER_OTLP_METRICS_HEADERS=m=1");
        IEnumerable<string> headers = resolved.Options.Exporters[0].Traces!.Headers.Select(header => $"{header.Key}:{header.Value.Reveal()}");
        Assert.Equal(expected, string.Join('|', headers));
        Assert.Empty(resolved.Warnings);
    }

    [Theory]
    [InlineData("OPENCODE_OTLP_HEADERS=SECRET,a=1", "piece 1 of OPENCODE_OTLP_HEADERS is not of the form key=value and is ignored")]
    [InlineData("OPENCODE_OTLP_HEADERS=a=1,=SECRET", "piece 2 of OPENCODE_OTLP_HEADERS is not of the form key=value and is ignored")]
    [InlineData("OPENCODE_OTLP_HEADERS=a=1,content-type=SECRET", "piece 2 of OPENCODE_OTLP_HEADERS sets 'content-type', which the exporter sets itself, and is ignored")]
    [InlineData("OTEL_EXPORTER_OTLP_HEADERS=a=1,b=SECRET%zz", "piece 2 of OTEL_EXPORTER_OTLP_HEADERS is not of the form key=value with valid percent escapes and is ignored")]
    public void Item_082_A_piece_that_is_no_header_warns_by_position_and_costs_only_itself(string given, string warning)
    {
        ResolvedOptions resolved = From(given);
        Assert.Equal(warning, Assert.Single(resolved.Warnings));
        Assert.Equal("a", Assert.Single(resolved.Options.Exporters[0].Traces!.Headers).Key);
    }

    [Theory]
    [InlineData("OPENCODE_OTLP_HEADERS=a=1,b d=SECRET", "piece 2 of OPENCODE_OTLP_HEADERS has a name that is not allowed as gRPC metadata")]
    [InlineData("OPENCODE_OTLP_HEADERS=a=1,b!=SECRET", "piece 2 of OPENCODE_OTLP_HEADERS has a name that is not allowed as gRPC metadata")]
    [InlineData("OPENCODE_OTLP_HEADERS=é=SECRET;OPENCODE_OTLP_PROTOCOL=http/json", "piece 1 of OPENCODE_OTLP_HEADERS has a name that is not allowed as an HTTP header")]
    [InlineData("OPENCODE_OTLP_HEADERS=a=SECRET\nx: y", "piece 1 of OPENCODE_OTLP_HEADERS has a value with characters that are not allowed in a header; only printable ASCII is")]
    public void An_illegal_name_or_value_is_an_error_by_position(string given, string message) => Assert.Equal(message, Error(given.Split(';')));

    [Fact]
    public void Item_082_Headers_are_shown_without_their_values()
    {
        ResolvedOptions resolved = From("OPENCODE_OTLP_HEADERS=authorization=SECRET,x=SECRET");
        Assert.Contains(new Setting("header", "authorization=***, x=***", "OPENCODE_OTLP_HEADERS"), resolved.Settings);
    }

    [Fact]
    public void Headers_are_read_from_a_file()
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, "authorization=Bearer a,b\n\nx=1\n");
            OtlpDestination destination = Traces($"--header @{path}", "--header y=2");
            Assert.Equal(["authorization:Bearer a,b", "x:1", "y:2"], destination.Headers.Select(header => $"{header.Key}:{header.Value.Reveal()}"));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_header_file_that_is_missing_is_an_error_that_names_it() =>
        Assert.Equal("--header names the file '/no/such/file', which does not exist", Error("--header @/no/such/file"));
}
