using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using OpencodeOtel.Otlp;
using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Batching;
using OpencodeOtel.Pipeline.Configuration;
using OpencodeOtel.Pipeline.Diagnostics;
using OpencodeOtel.Pipeline.Enriching;
using OpencodeOtel.Pipeline.Exporting;
using OpencodeOtel.Pipeline.Limiting;
using OpencodeOtel.Pipeline.Receiving;
using OpencodeOtel.Pipeline.Receiving.Framing;

namespace OpencodeOtel.Pipeline;

/// <summary>The stages joined: opencode's event stream goes in as bytes, telemetry goes out to the exporters.</summary>
/// <remarks>
/// Everything but exporting runs on the caller's thread, one call at a time: <see cref="RunAsync"/> reads a stream to its end, or a
/// caller pushes bytes itself and calls <see cref="Tick"/> now and then. Exporters work beside it.
/// </remarks>
public sealed partial class TelemetryPipeline : IAsyncDisposable
{
    private const int ReadBytes = 128 * 1024;

    // Metrics and quiet sessions have no deadline of their own here: both are in seconds at least.
    private static readonly TimeSpan LongestNap = TimeSpan.FromMilliseconds(500);

    // A timer that fires early must not make a loop of it.
    private static readonly TimeSpan ShortestNap = TimeSpan.FromMilliseconds(1);

    private readonly TelemetryOptions _options;
    private readonly TimeProvider _time;
    private readonly ExporterSet _exporters;
    private readonly SignalBatcher _batcher;
    private readonly MetricCollector _metrics;
    private readonly SignalSplit _split;
    private readonly SelfMetrics? _self;
    private readonly LimitingSink _limits;
    private readonly TelemetryEnricher _enricher;
    private readonly EventReceiver _receiver;
    private readonly List<Func<IEnumerable<KeyValuePair<string, long>>>> _furtherBounds = [];
    private long _runsLearnt;
    private bool _completed;

    private TelemetryPipeline(TelemetryOptions options, ExporterSet exporters, ILogger logger, TimeProvider time)
    {
        _options = options;
        _time = time;
        _exporters = exporters;
        _batcher = new SignalBatcher(Envelopes(options, exporters), options, exporters, time);
        _metrics = new MetricCollector(options, _batcher, logger, () => IsTimeKnown);
        _split = new SignalSplit(_batcher, _metrics);
        _self = options.SelfMetrics ? new SelfMetrics(exporters, _metrics) : null;
        _limits = new LimitingSink(_split, options.Limits, () => LogLimits(logger));
        _enricher = new TelemetryEnricher(options, time, _limits, new EnrichingLimits { SpanAttributes = options.Limits.SpanAttributes });
        _receiver = new EventReceiver(_enricher, options.LineLimitBytes, (cause, line) => LogBadInput(logger, InputCounts.CauseOf(cause), line), options.UseEventClock ? _enricher.BeginRecording : null);
    }

    /// <summary>Gets the largest time seen in the events; <see langword="null"/> before the first.</summary>
    public DateTimeOffset? EventTime => _enricher.LargestEventTime is > 0 and var time ? DateTimeOffset.FromUnixTimeMilliseconds(time) : null;

    /// <summary>Joins the stages and starts the exporters.</summary>
    /// <param name="options">What to do; see <see cref="OptionsResolver"/>.</param>
    /// <param name="logger">Takes warnings: no secret and no content of events is in them.</param>
    /// <param name="time">The clock.</param>
    /// <param name="console">Where a console exporter writes; nowhere by default.</param>
    public static TelemetryPipeline Create(
        TelemetryOptions options, ILogger? logger = null, TimeProvider? time = null, ConsoleOutput? console = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        logger ??= NullLogger.Instance;
        time ??= TimeProvider.System;
        ExporterSet exporters = ExporterFactory.CreateAll(options, console, logger, time);
        var pipeline = new TelemetryPipeline(options, exporters, logger, time);
        exporters.Start();
        return pipeline;
    }

    /// <summary>Takes the next bytes of a stream, cut anywhere. They are read during the call and not kept.</summary>
    public void Push(ReadOnlySpan<byte> bytes)
    {
        ObjectDisposedException.ThrowIf(_completed, this);
        _receiver.Push(bytes);
        Tick();
    }

    /// <summary>Opens an input beside this one, for a stream that comes at the same time as others: their bytes may interleave.</summary>
    public PipelineInput OpenInput() => new(this, _receiver.OpenFrames());

    /// <summary>Takes the end of a stream: a last event needs no line feed. Another stream may follow.</summary>
    public void EndStream() => _receiver.Complete();

    /// <summary>Does what is due by the clock: ends waits, collects metrics, closes requests. Call it after <see cref="NextTick"/> while no bytes come.</summary>
    public void Tick()
    {
        _enricher.Tick();
        if (!_receiver.WaitsForTime)
        {
            if (IsTimeKnown)
            {
                _self?.Tick(_enricher.Now);
            }

            _metrics.Tick(_enricher.Now);
        }

        _batcher.Tick();
    }

    /// <summary>Gets how long until <see cref="Tick"/> has something to do, at most half a second.</summary>
    public TimeSpan NextTick
    {
        get
        {
            long wait = _enricher.NextDeadline;
            TimeSpan next = _batcher.NextDeadline is { } due && due < LongestNap ? due : LongestNap;
            if (wait != long.MaxValue && TimeSpan.FromMilliseconds(wait - _time.GetUtcNow().ToUnixTimeMilliseconds()) is var left && left < next)
            {
                next = left;
            }

            return next > ShortestNap ? next : ShortestNap;
        }
    }

    /// <summary>Waits until the exporters have room, at most <see cref="TelemetryOptions.MaxBlock"/> in a stall; then what is made may be dropped, and is counted.</summary>
    /// <returns>Whether there is room.</returns>
    public ValueTask<bool> WaitForRoomAsync(CancellationToken cancellationToken) =>
        _exporters.WaitForRoomAsync(_options.MaxBlock, cancellationToken);

    /// <summary>Reads a stream to its end, or until cancelled; a read that does not return is left behind.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async Task RunAsync(Stream input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        var buffer = new byte[ReadBytes];
        int count;
        while ((count = await ReadAsync(input, buffer, cancellationToken).ConfigureAwait(false)) > 0)
        {
            Push(buffer.AsSpan(0, count));
            await WaitForRoomAsync(cancellationToken).ConfigureAwait(false);
        }

        EndStream();
    }

    /// <summary>
    /// Sends everything that is final by now, metrics included, and waits until it is settled. What is open stays open, and the
    /// pipeline goes on. Push nothing until this has returned.
    /// </summary>
    /// <param name="deadline">How long to wait; <see cref="Timeout.InfiniteTimeSpan"/> for ever.</param>
    /// <param name="cancellationToken">Stops waiting; what is being sent goes on.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async Task<FlushResult> FlushAsync(TimeSpan deadline, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_completed, this);
        long undelivered = Undelivered();
        Tick();
        if (IsTimeKnown)
        {
            _metrics.Collect(_enricher.Now);
        }

        _batcher.Flush();
        bool settled = await _exporters.WaitUntilSettledAsync(deadline, cancellationToken).ConfigureAwait(false);
        return !settled ? FlushResult.TimedOut : Undelivered() > undelivered ? FlushResult.NotDelivered : FlushResult.Delivered;
    }

    /// <summary>
    /// Ends what is open, collects the metrics once more, sends everything, and gives up at the deadline or when cancelled: what is left
    /// then is dropped and counted. Afterwards the account is final. The second call does nothing.
    /// </summary>
    public async Task CompleteAsync(TimeSpan deadline, CancellationToken cancellationToken = default)
    {
        if (_completed)
        {
            return;
        }

        _completed = true;
        _receiver.Complete();
        _enricher.Complete();
        if (IsTimeKnown)
        {
            _self?.Measure(_enricher.Now);
        }

        _metrics.Collect(_enricher.Now);
        _batcher.Flush();
        await _exporters.CompleteAsync(deadline, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The account of now; final after <see cref="CompleteAsync"/>.</summary>
    public PipelineReport Report() => new(
        _receiver.Counts.ToReport() with { Lost = _receiver.Lost },
        _batcher.RecordsMade,
        _exporters.Report(),
        [
            .. ForgottenByReceiving(), .. _enricher.Counts.ToList(), .. _limits.Bounds, .. _metrics.Bounds,
            .. _furtherBounds.SelectMany(bounds => bounds()),
        ]);

    /// <summary>Gives up what is not sent; call <see cref="CompleteAsync"/> before.</summary>
    public async ValueTask DisposeAsync()
    {
        _completed = true;
        await _exporters.DisposeAsync().ConfigureAwait(false);
        _batcher.Dispose();
    }

    /// <summary>Gets a value indicating whether a session works, or waits for the rest of its work.</summary>
    internal bool IsAnySessionWorking => _enricher.IsAnySessionWorking;

    /// <summary>Gets a value indicating whether the work of a run was seen to its end; what was only learnt does not count.</summary>
    internal bool HasAnySessionWorked => _enricher.RunsWorked > _runsLearnt;

    /// <summary>Takes bytes of an input.</summary>
    internal void Push(FrameReader frames, ReadOnlySpan<byte> bytes)
    {
        ObjectDisposedException.ThrowIf(_completed, this);
        frames.Push(bytes);
        Tick();
    }

    /// <summary>Takes whole events of the past: they are remembered as if they had been seen, and make no telemetry.</summary>
    internal void Learn(FrameReader frames, ReadOnlySpan<byte> events)
    {
        ObjectDisposedException.ThrowIf(_completed, this);
        _split.IsMuted = true;
        _enricher.IsLearning = true;
        long worked = _enricher.RunsWorked;
        try
        {
            frames.Push(events);
        }
        finally
        {
            _runsLearnt += _enricher.RunsWorked - worked;
            _enricher.IsLearning = false;
            _split.IsMuted = false;
        }
    }

    /// <summary>Takes whole events that were missed: a stream may say them again.</summary>
    internal void Tell(FrameReader frames, ReadOnlySpan<byte> events)
    {
        _enricher.IsTelling = true;
        try
        {
            Push(frames, events);
        }
        finally
        {
            _enricher.IsTelling = false;
        }
    }

    /// <summary>Tells what is known of a session.</summary>
    /// <param name="sessionId">Its id, in UTF-8.</param>
    internal SessionPhase PhaseOf(ReadOnlySpan<byte> sessionId) => _enricher.PhaseOf(sessionId);

    /// <summary>Whether a user message was seen, or is known to have been answered; of others, whether it was counted.</summary>
    internal bool KnowsMessage(ReadOnlySpan<byte> sessionId, ReadOnlySpan<byte> messageId) => _enricher.KnowsMessage(sessionId, messageId);

    /// <summary>Adds bounds of somebody who feeds this pipeline to the report.</summary>
    internal void ReportAlso(Func<IEnumerable<KeyValuePair<string, long>>> bounds) => _furtherBounds.Add(bounds);

    [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "line {Line} is skipped: {Cause}; more of this kind are only counted")]
    private static partial void LogBadInput(ILogger logger, string cause, long line);

    [LoggerMessage(EventId = 2, Level = LogLevel.Warning, Message = "a span or log record has more than its limits allow; what is over them is dropped, here and from now on, and only counted")]
    private static partial void LogLimits(ILogger logger);

    /// <summary>Gets a value indicating whether there is a time to measure at: the clock of a recording has none before an event's.</summary>
    private bool IsTimeKnown => !_options.UseEventClock || _enricher.LargestEventTime > 0;

    private static List<ExportEnvelope> Envelopes(TelemetryOptions options, ExporterSet exporters)
    {
        Resource resource = ResourceBuilder.Build(options);
        return
        [
            .. from signal in Enum.GetValues<Signal>()
               from form in exporters.FormsOf(signal)
               select new ExportEnvelope(signal, form, resource, ResourceBuilder.Scope),
        ];
    }

    private long Undelivered() => _exporters.Report().Sum(static report =>
        Enum.GetValues<Signal>().Sum(signal => report.Of(signal).Total - report.Of(signal).Delivered));

    private IEnumerable<KeyValuePair<string, long>> ForgottenByReceiving() =>
        ((KeyValuePair<string, long>[])
        [
            new("sessions and calls forgotten while reading", _receiver.Forgotten),
            new("beginnings without a time too long to wait for one", _receiver.HeadsGivenUp),
        ]).Where(bound => bound.Value > 0);

    private async ValueTask<int> ReadAsync(Stream input, byte[] buffer, CancellationToken cancellationToken)
    {
        ValueTask<int> read = input.ReadAsync(buffer, cancellationToken);
        if (read.IsCompletedSuccessfully)
        {
            return read.Result;
        }

        Task<int> pending = read.AsTask();
        while (true)
        {
            try
            {
                return await pending.WaitAsync(NextTick, _time, cancellationToken).ConfigureAwait(false);
            }
            catch (TimeoutException) when (!pending.IsCompleted)
            {
                Tick();
            }
        }
    }
}
