using Microsoft.Extensions.Logging;
using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Configuration;
using OpencodeOtel.Pipeline.Exporting.Terminal;

namespace OpencodeOtel.Pipeline.Exporting;

/// <summary>Makes destinations from options.</summary>
internal static class ExporterFactory
{
    /// <summary>Makes all destinations of a pipeline; nothing is opened or sent before <see cref="ExporterSet.Start"/>.</summary>
    /// <param name="options">The destinations and the bound of their queues.</param>
    /// <param name="console">Where a console exporter writes; <see langword="null"/> for nowhere.</param>
    /// <param name="logger">Takes failures.</param>
    /// <param name="time">The real clock, also in a replay.</param>
    public static ExporterSet CreateAll(TelemetryOptions options, ConsoleOutput? console, ILogger logger, TimeProvider time) =>
        new([.. options.Exporters.Select(exporter => Create(exporter, options.QueueLimitBytes, console, logger, time))], time);

    /// <summary>Makes one destination.</summary>
    public static Exporter Create(ExporterOptions options, long queueLimitBytes, ConsoleOutput? console, ILogger logger, TimeProvider time)
    {
        SignalSenders senders = options.Kind switch
        {
            ExporterKind.Otlp => CreateOtlp(options, time),
            ExporterKind.Console => SignalSenders.All(new ConsolePayloadSender(console ?? new ConsoleOutput(TextWriter.Null, Colour: false), time)),
            ExporterKind.File => SignalSenders.All(new FilePayloadSender(options.Directory ?? throw new ArgumentException("a file exporter has a directory", nameof(options)))),
            _ => SignalSenders.All(new NullPayloadSender()),
        };
        return new Exporter(options.Name, senders, queueLimitBytes, logger, time);
    }

    /// <summary>One sender a protocol, so that signals share connections.</summary>
    private static SignalSenders CreateOtlp(ExporterOptions options, TimeProvider time)
    {
        Dictionary<OtlpProtocol, SignalDestinations> byProtocol = [];
        OtlpProtocol traces = Add(Signal.Traces, options.Traces);
        OtlpProtocol metrics = Add(Signal.Metrics, options.Metrics);
        OtlpProtocol logs = Add(Signal.Logs, options.Logs);
        Dictionary<OtlpProtocol, IPayloadSender> senders = byProtocol.ToDictionary(entry => entry.Key, entry => Open(entry.Key, entry.Value, time));
        return new SignalSenders(senders[traces], senders[metrics], senders[logs]);

        OtlpProtocol Add(Signal signal, OtlpDestination? destination)
        {
            OtlpDestination known = destination ?? throw new ArgumentException("an OTLP exporter has a destination for each signal", nameof(options));
            if (!byProtocol.TryGetValue(known.Protocol, out SignalDestinations? destinations))
            {
                byProtocol[known.Protocol] = destinations = new SignalDestinations();
            }

            destinations[signal] = known;
            return known.Protocol;
        }
    }

    private static IPayloadSender Open(OtlpProtocol protocol, SignalDestinations destinations, TimeProvider time) => protocol switch
    {
        OtlpProtocol.Grpc => new GrpcPayloadSender(destinations),
        OtlpProtocol.HttpJson => new HttpPayloadSender(WireForm.Json, destinations, time),
        _ => new HttpPayloadSender(WireForm.Protobuf, destinations, time),
    };
}
