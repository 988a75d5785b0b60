using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging.Abstractions;
using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Configuration;
using OpencodeOtel.Pipeline.Exporting;

namespace OpencodeOtel.Pipeline.Checking;

/// <summary>All checks of one server, each of which needs those before it.</summary>
/// <param name="destinations">The destinations there.</param>
/// <param name="helper">Gives further headers.</param>
/// <param name="options">What is made of each signal.</param>
/// <param name="time">The real clock.</param>
internal sealed class ServerCheck(SignalDestinations destinations, HelperCheck helper, TelemetryOptions options, TimeProvider time)
{
    private const int GrpcPort = 4317;
    private const int HttpPort = 4318;

    private readonly CheckedServer _server = new(destinations, time);

    /// <summary>Runs them one after the other; the signals at the same time.</summary>
    public async IAsyncEnumerable<CheckResult> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return new CheckResult("endpoint", _server.Name, CheckStatus.Ok, $"{CheckText.Of(_server.Destination.Protocol)}, for {_server.Signals}{OtherPort()}");

        CheckResult name = await NameCheck.RunAsync(_server, cancellationToken).ConfigureAwait(false);
        yield return name;

        string? obstacle = name.Status == CheckStatus.Failed ? "the name does not resolve" : null;
        (CheckResult connects, NetworkStream? connection) = obstacle is null
            ? await ConnectionCheck.RunAsync(_server, cancellationToken).ConfigureAwait(false)
            : (new CheckResult(ConnectionCheck.Check, _server.Address, CheckStatus.Skipped, obstacle), null);
        yield return connects;

        obstacle = connects.Status == CheckStatus.Failed ? "there is no connection" : obstacle;
        CheckResult tls = await CheckTlsAsync(connection, obstacle, cancellationToken).ConfigureAwait(false);
        yield return tls;

        obstacle = tls.Status == CheckStatus.Failed ? "there is no TLS connection" : obstacle;
        SignalDestinations ready = await PrepareAsync().ConfigureAwait(false);
        IPayloadSender sender = ExporterFactory.Open(ready, NullLogger.Instance, time);
        await using ConfiguredAsyncDisposable disposing = sender.ConfigureAwait(false);
        List<Task<CheckResult>> exports = [.. ready.Signals.Select(signal => ExportAsync(sender, signal, ready[signal], obstacle, cancellationToken))];
        foreach (Task<CheckResult> export in exports)
        {
            yield return await export.ConfigureAwait(false);
        }
    }

    /// <summary>A word about a port that is the other protocol's by custom: nothing forbids it, and it is seldom meant.</summary>
    private string OtherPort() => (_server.Destination.Protocol == OtlpProtocol.Grpc, _server.Destination.Endpoint.Port) switch
    {
        (true, HttpPort) => $"; {HttpPort} is the usual port of OTLP/HTTP, though",
        (false, GrpcPort) => $"; {GrpcPort} is the usual port of OTLP/gRPC, though",
        _ => string.Empty,
    };

    /// <summary>Whether headers leave this machine in the clear.</summary>
    private bool IsReadable() =>
        _server.Destination.UnixSocket is null
        && !_server.Destination.Endpoint.IsLoopback
        && (helper.IsThere || destinations.Signals.Any(signal => destinations[signal].Headers.Count > 0));

    private async Task<CheckResult> CheckTlsAsync(NetworkStream? connection, string? obstacle, CancellationToken cancellationToken)
    {
        string? reason = !_server.IsTls ? $"the endpoint is one without TLS{(IsReadable() ? "; the headers can be read on the way" : string.Empty)}"
            : obstacle ?? (_server.Proxy is null ? null : "a proxy is used; the exports below go through it");
        if (reason is null)
        {
            return await new TlsCheck(_server).RunAsync(connection!, cancellationToken).ConfigureAwait(false);
        }

        if (connection is not null)
        {
            await connection.DisposeAsync().ConfigureAwait(false);
        }

        return new CheckResult(TlsCheck.Check, _server.Address, CheckStatus.Skipped, reason);
    }

    private async Task<CheckResult> ExportAsync(
        IPayloadSender sender, Signal signal, OtlpDestination destination, string? obstacle, CancellationToken cancellationToken) =>
        (WhyNotMade(signal) ?? obstacle) is { } reason
            ? new CheckResult(ExportCheck.CheckOf(signal), TransportFailure.Where(destination), CheckStatus.Skipped, reason)
            : await ExportCheck.RunAsync(sender, signal, destination, time, cancellationToken).ConfigureAwait(false);

    private string? WhyNotMade(Signal signal) => signal switch
    {
        Signal.Traces when options.DisabledSpans == SpanTypes.All => "no spans are made (disable-traces)",
        Signal.Logs when options.LogsDisabled => "no log records are made (disable-logs)",
        Signal.Metrics when !options.SelfMetrics && MetricSuffixes.All.IsSubsetOf(options.DisabledMetrics) => "no metrics are made (disable-metrics)",
        _ => null,
    };

    /// <summary>The destinations within the limit of a check, and with the headers of the helper.</summary>
    private async Task<SignalDestinations> PrepareAsync()
    {
        SignalDestinations ready = new();
        foreach (Signal signal in destinations.Signals)
        {
            ready[signal] = destinations[signal] with { Timeout = CheckLimit.Of(destinations[signal], time).Length };
        }

        await helper.AddToAsync(ready).ConfigureAwait(false);
        return ready;
    }
}
