using OpencodeOtel.Otlp.Model;

namespace OpencodeOtel.Pipeline.Configuration;

/// <summary>Reads where each signal goes: the product's settings first, then OpenTelemetry's for the signal, then its general ones.</summary>
internal sealed class OtlpReader(SettingSource source)
{
    private readonly SignalNotes _notes = new();

    /// <summary>Reads the three destinations of an OTLP exporter.</summary>
    /// <exception cref="ConfigurationException">A setting cannot be used.</exception>
    public ExporterOptions Read(string name)
    {
        (long limit, string limitOrigin) = source.Read(
            SettingTable.MaxResponseBytes,
            4L * 1024 * 1024,
            (FoundValue found, out long value) => SizeText.TryParse(found, 1, int.MaxValue, out value),
            "a size from 1 byte to 2 GiB");
        ExporterOptions options = new()
        {
            Kind = ExporterKind.Otlp,
            Name = name,
            Traces = ReadDestination(Signal.Traces, (int)limit),
            Metrics = ReadDestination(Signal.Metrics, (int)limit),
            Logs = ReadDestination(Signal.Logs, (int)limit),
            HeadersHelper = ReadHeadersHelper(),
        };
        _notes.WriteTo(source);
        source.Note(SettingTable.MaxResponseBytes, $"{limit} bytes", limitOrigin);
        return options;
    }

    /// <summary>The helper as written; that it can be run is seen when it is run.</summary>
    private string? ReadHeadersHelper()
    {
        FoundValue? found = source.Find(SettingTable.HeadersHelper);
        source.Note(SettingTable.HeadersHelper, found?.Text ?? "none", found?.Origin ?? "default");
        return found?.Text;
    }

    private OtlpDestination ReadDestination(Signal signal, int responseLimit)
    {
        OtlpProtocol protocol = ReadProtocol(signal);
        Endpoint endpoint = ReadEndpoint(signal, protocol);
        List<KeyValuePair<string, Secret>> headers = ReadHeaders(signal, protocol == OtlpProtocol.Grpc);
        if (endpoint.UserInfo is { } user && !headers.Exists(header => header.Key.Equals("authorization", StringComparison.OrdinalIgnoreCase)))
        {
            headers.Add(HeaderReader.Basic(user));
        }

        OtlpDestination destination = new()
        {
            Protocol = protocol,
            Endpoint = endpoint.Address,
            UnixSocket = endpoint.UnixSocket,
            Headers = headers,
            Compression = ReadCompression(signal, endpoint),
            Timeout = ReadTimeout(signal),
            ResponseLimitBytes = responseLimit,
        };
        return new TlsFileReader(source, _notes).AddTo(destination, signal);
    }

    private OtlpProtocol ReadProtocol(Signal signal)
    {
        foreach (FoundValue found in source.Candidates(SettingTable.Protocol, OtlpVariables.Names(signal, "PROTOCOL")))
        {
            OtlpProtocol? protocol = found.Text.ToLowerInvariant() switch
            {
                "grpc" => OtlpProtocol.Grpc,
                "http/protobuf" => OtlpProtocol.HttpProtobuf,
                "http/json" => OtlpProtocol.HttpJson,
                _ => null,
            };
            if (protocol is { } known)
            {
                _notes.Add(SettingTable.Protocol, signal, found.Text.ToLowerInvariant(), found.Origin);
                return known;
            }

            string problem = $"{found.Origin} is '{ShownText.Of(found.Text)}'; it must be grpc, http/protobuf or http/json";
            if (!OtlpVariables.Gave(found.Origin))
            {
                throw new ConfigurationException(problem);
            }

            source.Warn($"{problem}, and is ignored");
        }

        _notes.Add(SettingTable.Protocol, signal, "grpc", "default");
        return OtlpProtocol.Grpc;
    }

    private Endpoint ReadEndpoint(Signal signal, OtlpProtocol protocol)
    {
        string[] names = OtlpVariables.Names(signal, "ENDPOINT");
        Endpoint endpoint;
        string origin = "default";
        if (source.Find(SettingTable.Endpoint, names) is { } found)
        {
            origin = found.Origin;
            EndpointScope scope = origin == names[0] ? EndpointScope.OneSignal : origin == names[1] ? EndpointScope.General : EndpointScope.Product;
            string[] insecure = OtlpVariables.Names(signal, "INSECURE");
            bool plaintext = source.Truth(source.Variable(insecure[0]) is null ? insecure[1] : insecure[0]);
            endpoint = EndpointReader.Read(found.Text, origin, scope, protocol, signal, plaintext);
        }
        else
        {
            endpoint = EndpointReader.Default(protocol, signal);
        }

        string shown = endpoint.UnixSocket is { } socket
            ? $"unix:{socket}"
            : ShownText.OfAddress(protocol == OtlpProtocol.Grpc ? endpoint.Address.GetLeftPart(UriPartial.Authority) : endpoint.Address.OriginalString);
        _notes.Add(SettingTable.Endpoint, signal, shown, origin);
        return endpoint;
    }

    private List<KeyValuePair<string, Secret>> ReadHeaders(Signal signal, bool grpc)
    {
        List<KeyValuePair<string, Secret>> headers = [];
        string origin = "default";
        if (source.Find(SettingTable.Headers, OtlpVariables.Names(signal, "HEADERS")) is { } found)
        {
            origin = found.Origin;
            headers = HeaderReader.Check(ReadPairs(found), origin, grpc, source);
        }

        _notes.Add(SettingTable.Headers, signal, headers.Count == 0 ? "none" : string.Join(", ", headers.Select(header => $"{header.Key}={header.Value}")), origin);
        return headers;
    }

    private List<(int Position, string Key, string Value)> ReadPairs(FoundValue found)
    {
        if (!OtlpVariables.Gave(found.Origin))
        {
            return KeyValueList.Read(HeaderReader.ReadFiles(found), source);
        }

        List<int> bad = [];
        List<(int Position, string Key, string Value)> pairs = BaggageList.Read(found.Text, bad);
        foreach (int position in bad)
        {
            source.Warn($"piece {position} of {found.Origin} is not of the form key=value with valid percent escapes and is ignored");
        }

        return pairs;
    }

    private TimeSpan ReadTimeout(Signal signal)
    {
        (TimeSpan timeout, string origin) = source.Read(
            SettingTable.Timeout,
            TimeSpan.FromSeconds(10),
            (FoundValue found, out TimeSpan value) => DurationText.TryParse(found, 0, out value),
            "an integer from 0 (no limit) to 86400000 milliseconds",
            OtlpVariables.Names(signal, "TIMEOUT"));
        timeout = timeout == TimeSpan.Zero ? Timeout.InfiniteTimeSpan : timeout;
        if (origin == "default" || OtlpVariables.Gave(origin))
        {
            (timeout, origin) = BoundTimeout(signal, timeout, origin);
        }

        _notes.Add(SettingTable.Timeout, signal, DurationText.Show(timeout), origin);
        return timeout;
    }

    /// <summary>OpenTelemetry's processors have a timeout around the exporter's: whichever is shorter holds.</summary>
    private (TimeSpan Timeout, string Origin) BoundTimeout(Signal signal, TimeSpan timeout, string origin)
    {
        string variable = BatchReader.TimeoutVariable(signal);
        if (source.Variable(variable) is not { } text)
        {
            return (timeout, origin);
        }

        if (!DurationText.TryParse(new FoundValue([text], variable, FromCommandLine: false), 0, out TimeSpan bound))
        {
            source.Warn($"{variable} is '{ShownText.Of(text.Trim())}'; it must be an integer from 0 (no limit) to 86400000 milliseconds, and is ignored");
            return (timeout, origin);
        }

        return bound > TimeSpan.Zero && (timeout == Timeout.InfiniteTimeSpan || bound < timeout) ? (bound, variable) : (timeout, origin);
    }

    private OtlpCompression ReadCompression(Signal signal, Endpoint endpoint)
    {
        (OtlpCompression compression, string origin) = source.Read(
            SettingTable.Compression,
            endpoint.UnixSocket is not null || endpoint.Address.IsLoopback ? OtlpCompression.None : OtlpCompression.Gzip,
            (FoundValue found, out OtlpCompression value) =>
            {
                OtlpCompression? read = found.Text.ToLowerInvariant() switch
                {
                    "none" => OtlpCompression.None,
                    "gzip" => OtlpCompression.Gzip,
                    "zstd" => OtlpCompression.Zstd,
                    _ => null,
                };
                value = read.GetValueOrDefault();
                return read is not null;
            },
            "none, gzip or zstd",
            OtlpVariables.Names(signal, "COMPRESSION"));
        _notes.Add(SettingTable.Compression, signal, compression.ToString().ToLowerInvariant(), origin);
        return compression;
    }
}
