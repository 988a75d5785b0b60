using OpencodeOtel.TestCollector.Serving;
using OpenTelemetry.Proto.Logs.V1;
using OpenTelemetry.Proto.Metrics.V1;
using OpenTelemetry.Proto.Trace.V1;

namespace OpencodeOtel.TestCollector;

/// <summary>A real OTLP server on loopback that keeps what it got and answers what a test tells it to.</summary>
/// <remarks>
/// It speaks OTLP/gRPC over cleartext HTTP/2 and OTLP/HTTP over HTTP/1.1, and is stricter than most: what a careful
/// collector would refuse is refused, and listed in <see cref="Refused"/>. All members are safe for any thread.
/// </remarks>
public sealed class OtlpTestServer : IAsyncDisposable
{
    private readonly Inbox _inbox = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly Exchange _exchange;
    private readonly Listeners _listeners;
    private bool _disposed;

    private OtlpTestServer()
    {
        _exchange = new Exchange(_inbox, _stopping.Token);
        _listeners = new Listeners(_inbox, _exchange);
    }

    /// <summary>Gets the address for OTLP/gRPC, such as <c>http://127.0.0.1:40317</c>.</summary>
    public Uri GrpcEndpoint => _listeners.GrpcEndpoint;

    /// <summary>Gets the address for OTLP/HTTP, without the path of a signal.</summary>
    public Uri HttpEndpoint => _listeners.HttpEndpoint;

    /// <summary>Gets or sets what is asked before each answer; null, from it or here, answers success.</summary>
    /// <value>
    /// By default null. Called on the server's threads, for several requests at a time; what it throws is answered as
    /// 500 or UNKNOWN.
    /// </value>
    public Func<ReceivedRequest, ScriptedAnswer?>? Script
    {
        get => _exchange.Script;
        set => _exchange.Script = value;
    }

    /// <summary>Gets or sets what is asked when a request begins to come: true breaks its connection, over gRPC its call, before any of the body is read.</summary>
    /// <value>By default null. Called on the server's threads. Such requests are in no list.</value>
    public Func<OtlpTransport, bool>? CutsUnread
    {
        get => _exchange.CutsUnread;
        set => _exchange.CutsUnread = value;
    }

    /// <summary>Gets every request that could be read, whatever was answered, by order of arrival.</summary>
    public IReadOnlyList<ReceivedRequest> Requests => _inbox.Requests;

    /// <summary>Gets the requests that were answered with success, in full or in part, by order of the answer.</summary>
    public IReadOnlyList<ReceivedRequest> Accepted => _inbox.Accepted;

    /// <summary>Gets what could not be read.</summary>
    public IReadOnlyList<RefusedRequest> Refused => _inbox.Refused;

    /// <summary>Gets the spans of <see cref="Accepted"/>: what a client has delivered, twice if it did so twice.</summary>
    public IReadOnlyList<Received<Span>> Spans => Accepted.Spans();

    /// <summary>Gets the log records of <see cref="Accepted"/>.</summary>
    public IReadOnlyList<Received<LogRecord>> LogRecords => Accepted.LogRecords();

    /// <summary>Gets the metrics of <see cref="Accepted"/>, one for each time that it was sent.</summary>
    public IReadOnlyList<Received<Metric>> Metrics => Accepted.Metrics();

    /// <summary>Starts a server, which listens when this returns.</summary>
    /// <param name="script">The first value of <see cref="Script"/>.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    public static async Task<OtlpTestServer> StartAsync(
        Func<ReceivedRequest, ScriptedAnswer?>? script = null, CancellationToken cancellationToken = default)
    {
        var server = new OtlpTestServer { Script = script };
        try
        {
            await server._listeners.StartAsync(cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until a condition on what arrived holds; it is looked at now and after each change.</summary>
    /// <exception cref="TimeoutException">The deadline passed; the message says what had arrived.</exception>
    public async Task WaitForAsync(Func<OtlpTestServer, bool> condition, TimeSpan deadline)
    {
        ArgumentNullException.ThrowIfNull(condition);
        using var timeout = new CancellationTokenSource(deadline);
        Task changed = _inbox.Changed;
        while (!condition(this))
        {
            try
            {
                await changed.WaitAsync(timeout.Token);
            }
            catch (OperationCanceledException e)
            {
                throw new TimeoutException($"Not within {deadline}. There were {Summary()}", e);
            }

            changed = _inbox.Changed;
        }
    }

    /// <summary>Stops listening; answers that a script still holds are never given. A second call does nothing.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, true))
        {
            return;
        }

        await _stopping.CancelAsync();
        await _listeners.DisposeAsync();
        _stopping.Dispose();
    }

    private string Summary()
    {
        string refused = string.Concat(Refused.Select(request => $"\n  refused {request.Signal}: {request.Reason}"));
        return $"{Requests.Count} requests, {Accepted.Count} accepted with {Spans.Count} spans, "
            + $"{LogRecords.Count} log records, {Metrics.Count} metrics.{refused}";
    }
}
