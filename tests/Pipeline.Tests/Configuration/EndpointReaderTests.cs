using OpencodeOtel.Pipeline.Configuration;
using static OpencodeOtel.Pipeline.Tests.Configuration.Resolving;

namespace OpencodeOtel.Pipeline.Tests.Configuration;

public class EndpointReaderTests
{
    private const string Http = "OPENCODE_OTLP_PROTOCOL=http/protobuf";

    [Theory]
    [InlineData("http://c:4318", "http://c:4318/v1/traces")]
    [InlineData("http://c:4318/", "http://c:4318/v1/traces")]
    [InlineData("http://c:4318/my", "http://c:4318/my/v1/traces")]
    [InlineData("http://c:4318/my/", "http://c:4318/my/v1/traces")]
    [InlineData("http://c:4318/my//", "http://c:4318/my//v1/traces")]
    [InlineData("https://c/a?token=x&y=/", "https://c/a/v1/traces?token=x&y=/")]
    [InlineData("https://c?token=x", "https://c/v1/traces?token=x")]
    [InlineData("HTTP://C", "http://C/v1/traces")]
    [InlineData("http://[::1]:4318", "http://[::1]:4318/v1/traces")]
    [InlineData("http://c/a/../%7Eb", "http://c/a/../%7Eb/v1/traces")]
    public void Item_027_A_base_url_gets_the_path_of_the_signal(string text, string url)
    {
        Assert.Equal(url, Traces(Http, $"OPENCODE_OTLP_ENDPOINT={text}").Endpoint.OriginalString);
        Assert.Equal(url, Traces(Http, $"OTEL_EXPORTER_OTLP_ENDPOINT={text}").Endpoint.OriginalString);
        Assert.Equal(url, Traces(Http, $"--endpoint {text}").Endpoint.OriginalString);
    }

    [Fact]
    public void Item_026_Each_signal_has_its_path()
    {
        ExporterOptions exporter = From(Http).Options.Exporters[0];
        Assert.Equal("http://localhost:4318/v1/traces", exporter.Traces!.Endpoint.AbsoluteUri);
        Assert.Equal("http://localhost:4318/v1/metrics", exporter.Metrics!.Endpoint.AbsoluteUri);
        Assert.Equal("http://localhost:4318/v1/logs", exporter.Logs!.Endpoint.AbsoluteUri);
    }

    [Theory]
    [InlineData("http://c", "/", 80)]
    [InlineData("https://c", "/", 443)]
    [InlineData("http://c:4318/x/../%41?q=%2f", "/x/../%41?q=%2f", 4318)]
    [InlineData("http://c:4318/v1/traces/", "/v1/traces/", 4318)]
    public void Items_028_029_The_endpoint_of_one_signal_is_used_byte_for_byte(string text, string pathAndQuery, int port)
    {
        Uri endpoint = Traces(Http, $"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT={text}", "OTEL_EXPORTER_OTLP_ENDPOINT=http://other").Endpoint;
        Assert.Equal(pathAndQuery, endpoint.PathAndQuery);
        Assert.Equal(port, endpoint.Port);
    }

    [Theory]
    [InlineData("http://c:4317", "http://c:4317")]
    [InlineData("http://c:4317/", "http://c:4317")]
    [InlineData("https://c", "https://c")]
    [InlineData("grpc://c", "http://c:4317")]
    [InlineData("grpc://c:80", "http://c")]
    [InlineData("grpcs://c", "https://c:4317")]
    [InlineData("grpc://[::1]", "http://[::1]:4317")]
    [InlineData("grpcs://c:9", "https://c:9")]
    public void A_grpc_endpoint_is_scheme_host_and_port(string text, string address) =>
        Assert.Equal(address, Traces($"OPENCODE_OTLP_ENDPOINT={text}").Endpoint.GetLeftPart(UriPartial.Authority));

    [Theory]
    [InlineData("unix:///run/otel.sock", "/run/otel.sock")]
    [InlineData("unix:/run/otel.sock", "/run/otel.sock")]
    [InlineData("unix:otel.sock", "otel.sock")]
    public void A_unix_socket_is_for_grpc(string text, string path) => Assert.Equal(path, Traces($"OPENCODE_OTLP_ENDPOINT={text}").UnixSocket);

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=c:1", "https://c:1")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=c:1;OTEL_EXPORTER_OTLP_INSECURE=True", "http://c:1")]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=c:1;OTEL_EXPORTER_OTLP_INSECURE=true;OTEL_EXPORTER_OTLP_TRACES_INSECURE=false", "https://c:1")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://c:1;OTEL_EXPORTER_OTLP_INSECURE=false", "http://c:1")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=https://c:1;OTEL_EXPORTER_OTLP_INSECURE=true", "https://c:1")]
    public void Items_003_004_A_scheme_beats_insecure_which_says_what_a_missing_one_means(string given, string address) =>
        Assert.Equal(address, Traces(given.Split(';')).Endpoint.GetLeftPart(UriPartial.Authority));

    [Theory]
    [InlineData("OPENCODE_OTLP_ENDPOINT=localhost:4317", "OPENCODE_OTLP_ENDPOINT is 'localhost:4317', which has no scheme; use http://localhost:4317")]
    [InlineData("--endpoint collector", "--endpoint is 'collector', which has no scheme; use http://collector")]
    [InlineData("OPENCODE_OTLP_ENDPOINT=ftp://c", "OPENCODE_OTLP_ENDPOINT is 'ftp://c', whose scheme is not one of http, https, grpc, grpcs, unix")]
    [InlineData("OPENCODE_OTLP_ENDPOINT=http://c/v1/traces", "OPENCODE_OTLP_ENDPOINT is 'http://c/v1/traces', which has a path; gRPC takes host and port only, so remove it or set the protocol to http/protobuf")]
    [InlineData("OPENCODE_OTLP_ENDPOINT=http://", "OPENCODE_OTLP_ENDPOINT is 'http://', which is not a URL with a host and a port from 1 to 65535")]
    [InlineData("OPENCODE_OTLP_ENDPOINT=http://c:99999", "OPENCODE_OTLP_ENDPOINT is 'http://c:99999', which is not a URL with a host and a port from 1 to 65535")]
    [InlineData("OPENCODE_OTLP_ENDPOINT=http://a b", "OPENCODE_OTLP_ENDPOINT is 'http://a b', which is not a URL with a host and a port from 1 to 65535")]
    [InlineData("OPENCODE_OTLP_ENDPOINT=unix://host/x", "OPENCODE_OTLP_ENDPOINT is 'unix://host/x', which names a host; write unix:///path/of/socket")]
    [InlineData("OPENCODE_OTLP_ENDPOINT=unix:", "OPENCODE_OTLP_ENDPOINT is 'unix:', which has no path; write unix:///path/of/socket")]
    public void A_bad_endpoint_is_one_clear_sentence(string given, string message) => Assert.Equal(message, Error(given));

    [Theory]
    [InlineData("OPENCODE_OTLP_ENDPOINT=grpc://c")]
    [InlineData("OPENCODE_OTLP_ENDPOINT=c:4318")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=c:4318")]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=c")]
    public void An_http_protocol_needs_an_http_url(string given) => Assert.StartsWith(given.Split('=')[0] + " is '", Error(Http, given), StringComparison.Ordinal);

    [Theory]
    [InlineData("https://user:hunter?2SECRET@host")]
    [InlineData("https://user:123?2SECRET@host")]
    [InlineData("https://user:123#2SECRET@host")]
    [InlineData("https://user:123/2SECRET@host")]
    [InlineData("https://user?SECRET@host:4318/v1")]
    [InlineData("https://SECRET/a?b#c@host")]
    public void A_password_that_looks_like_the_rest_of_a_url_is_refused_and_not_shown(string text)
    {
        foreach (string protocol in new[] { Http, "OPENCODE_OTLP_PROTOCOL=grpc" })
        {
            Assert.Equal(
                "OPENCODE_OTLP_ENDPOINT has an '@' behind its host and port; in a user name or password write '/', '?' and '#' as %2F, %3F and %23, and an '@' that belongs to the path or query as %40",
                Error(protocol, $"OPENCODE_OTLP_ENDPOINT={text}"));
        }
    }

    [Theory]
    [InlineData("user:12?SECRET@host")]
    [InlineData("ftp://user:12#SECRET@host/x?SECRET")]
    [InlineData("http://host:x/?mail=SECRET@SECRET")]
    [InlineData("http://user:SECRET@c:99999/p?key=SECRET")]
    [InlineData("user:SECRET@c:4317")]
    [InlineData("http://user:SECRET@c/path?SECRET#SECRET")]
    [InlineData("http://u:SEC@RET/SECRET@c:x")]
    public void No_message_shows_user_info_or_query(string text)
    {
        string message = Error($"OPENCODE_OTLP_ENDPOINT={text}");
        Assert.DoesNotContain("SECRET", message, StringComparison.Ordinal);
    }

    [Fact]
    public void User_info_becomes_a_basic_authorization_header_unless_there_is_one()
    {
        OtlpDestination destination = Traces(Http, "OPENCODE_OTLP_ENDPOINT=http://me:p%40ss@c");
        Assert.Equal("http://c/v1/traces", destination.Endpoint.OriginalString);
        Assert.Equal("Basic bWU6cEBzcw==", Assert.Single(destination.Headers).Value.Reveal());

        OtlpDestination own = Traces(Http, "OPENCODE_OTLP_ENDPOINT=http://me:p@c", "OPENCODE_OTLP_HEADERS=Authorization=Bearer x");
        Assert.Equal("Bearer x", Assert.Single(own.Headers).Value.Reveal());
    }

    [Fact]
    public void The_shown_endpoint_has_no_secret()
    {
        ResolvedOptions resolved = From(Http, "OPENCODE_OTLP_ENDPOINT=http://me:SECRET@c/x?k=SECRET");
        Assert.All(resolved.Settings, setting => Assert.DoesNotContain("SECRET", setting.Value, StringComparison.Ordinal));
        Assert.Contains(resolved.Settings, setting => setting is { Name: "endpoint (metrics)", Value: "http://c/x/v1/metrics?***" });
    }
}
