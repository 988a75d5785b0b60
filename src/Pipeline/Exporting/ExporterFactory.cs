using Microsoft.Extensions.Logging;
using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Configuration;
using OpencodeOtel.Pipeline.Exporting.Credentials;
using OpencodeOtel.Pipeline.Exporting.Delivering;
using OpencodeOtel.Pipeline.Exporting.Terminal;
using OpencodeOtel.Pipeline.Spooling;

namespace OpencodeOtel.Pipeline.Exporting;

/// <summary>Makes destinations from options.</summary>
internal static class ExporterFactory
{
    // Enough to hide the time that a server takes to answer, few enough for memory: each holds its request.
    private const int HttpConcurrency = 4;
    private const int GrpcConcurrency = 2;

    // What waits in memory dies with the process; where there is a disk to wait on, a failure is not waited out before that.
    private static readonly TimeSpan BudgetBeforeSpooling = TimeSpan.FromSeconds(1);

    /// <summary>Makes all destinations of a pipeline; nothing is opened or sent before <see cref="ExporterSet.Start"/>.</summary>
    /// <param name="options">The destinations, and how they are delivered to.</param>
    /// <param name="console">Where a console exporter writes; <see langword="null"/> for nowhere.</param>
    /// <param name="logger">Takes failures.</param>
    /// <param name="time">The real clock, also in a replay.</param>
    public static ExporterSet CreateAll(TelemetryOptions options, ConsoleOutput? console, ILogger logger, TimeProvider time) =>
        CreateAll(options, console, logger, time, CreateSpool(options, logger, time));

    private static ExporterSet CreateAll(TelemetryOptions options, ConsoleOutput? console, ILogger logger, TimeProvider time, Spool? spool) =>
        new([.. options.Exporters.Select(exporter => Create(exporter, options, console, logger, time, spool))], time, spool);

    private static Spool? CreateSpool(TelemetryOptions options, ILogger logger, TimeProvider time) => options.SpoolDirectory is { } directory
        ? new Spool(new SpoolOptions(directory, options.SpoolLimitBytes, options.SpoolMaxAge), logger, time)
        : null;

    private static Exporter Create(
        ExporterOptions exporter, TelemetryOptions options, ConsoleOutput? console, ILogger logger, TimeProvider time, Spool? spool)
    {
        // Files and terminals take a request at once or not at all, one after the other.
        var local = new DeliveryOptions(options.QueueLimitBytes);
        return exporter.Kind switch
        {
            ExporterKind.Otlp => Otlp(new DeliveryAccount()),
            ExporterKind.Console => Local(new ConsolePayloadSender(console ?? new ConsoleOutput(TextWriter.Null, Colour: false), time)),
            ExporterKind.File => Local(new FilePayloadSender(exporter.Directory ?? throw new ArgumentException("a file exporter has a directory", nameof(exporter)))),
            _ => Local(new NullPayloadSender()),
        };

        Exporter Otlp(DeliveryAccount account)
        {
            SpoolStore? store = spool is null ? null : new SpoolStore(spool, signal => SpoolLane.Of(signal, Of(exporter, signal)), account, time);
            return new Exporter(exporter.Name, CreateOtlp(exporter, account, logger, time), signal => OtlpDelivery(exporter, signal, options), logger, time, store, account);
        }

        Exporter Local(IPayloadSender sender) => new(exporter.Name, SignalSenders.All(sender), _ => local, logger, time);
    }

    private static DeliveryOptions OtlpDelivery(ExporterOptions exporter, Signal signal, TelemetryOptions options) => new(options.QueueLimitBytes)
    {
        Retry = new RetryPolicy(options.SpoolDirectory is not null && options.RetryBudget > BudgetBeforeSpooling ? BudgetBeforeSpooling : options.RetryBudget),
        Concurrency = options.Concurrency ?? (Of(exporter, signal).Protocol == OtlpProtocol.Grpc ? GrpcConcurrency : HttpConcurrency),
        WaitWhenStopping = options.WaitWhenStopping,
    };

    /// <summary>The destinations of an OTLP exporter, those at the same server and reached in the same way together.</summary>
    public static IReadOnlyList<SignalDestinations> ByServer(ExporterOptions options)
    {
        OrderedDictionary<(OtlpProtocol Protocol, string Server, TlsFiles Tls), SignalDestinations> byServer = [];
        foreach (Signal signal in Enum.GetValues<Signal>())
        {
            OtlpDestination destination = Of(options, signal);
            if (!byServer.TryGetValue(ServerOf(destination), out SignalDestinations? destinations))
            {
                byServer[ServerOf(destination)] = destinations = new SignalDestinations();
            }

            destinations[signal] = destination;
        }

        return [.. byServer.Values];
    }

    /// <summary>Opens the sender of a server; nothing is sent yet.</summary>
    public static IPayloadSender Open(SignalDestinations destinations, ILogger logger, TimeProvider time) => destinations.Any.Protocol switch
    {
        OtlpProtocol.Grpc => new GrpcPayloadSender(destinations, logger),
        OtlpProtocol.HttpJson => new HttpPayloadSender(WireForm.Json, destinations, time, logger),
        _ => new HttpPayloadSender(WireForm.Protobuf, destinations, time, logger),
    };

    /// <summary>One sender a server, so that signals share connections and a throttle there, and nowhere else.</summary>
    private static SignalSenders CreateOtlp(ExporterOptions options, DeliveryAccount account, ILogger logger, TimeProvider time)
    {
        IReadOnlyList<SignalDestinations> servers = ByServer(options);
        HelperCredentials? credentials = HeadersHelper.For(options, time) is { } helper ? new HelperCredentials(helper.RunAsync, servers, logger, time) : null;
        Dictionary<Signal, IPayloadSender> senders = [];
        foreach (SignalDestinations destinations in servers)
        {
            IPayloadSender sender = Open(destinations, logger, time);
            sender = credentials is null ? sender : new CredentialSender(sender, credentials, account);
            foreach (Signal signal in destinations.Signals)
            {
                senders[signal] = sender;
            }
        }

        return new SignalSenders(senders[Signal.Traces], senders[Signal.Metrics], senders[Signal.Logs]);
    }

    private static (OtlpProtocol Protocol, string Server, TlsFiles Tls) ServerOf(OtlpDestination destination) =>
        (destination.Protocol, destination.UnixSocket ?? destination.Endpoint.GetLeftPart(UriPartial.Authority), TlsFiles.Of(destination));

    private static OtlpDestination Of(ExporterOptions options, Signal signal) =>
        (signal switch
        {
            Signal.Traces => options.Traces,
            Signal.Metrics => options.Metrics,
            _ => options.Logs,
        })
        ?? throw new ArgumentException("an OTLP exporter has a destination for each signal", nameof(options));
}
