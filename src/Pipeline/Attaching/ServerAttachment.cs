using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using OpencodeOtel.Pipeline.Configuration;

namespace OpencodeOtel.Pipeline.Attaching;

/// <summary>Follows running opencode servers, and feeds their events to a pipeline.</summary>
/// <remarks>
/// A server that goes away is connected to again, for ever, and what was missed is read over its API. What was finished before
/// following began makes no telemetry. Nothing is counted twice. Reading never waits for an exporter: what has no room is dropped
/// and counted, so that a server never holds events back for us. While this runs, the pipeline belongs to it.
/// </remarks>
public sealed class ServerAttachment
{
    private static readonly TimeSpan TickInterval = TimeSpan.FromMilliseconds(250);

    private readonly SharedPipeline _pipeline;
    private readonly AttachOptions _options;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly AttachCounts _counts = new();

    /// <summary>Connects to nothing yet.</summary>
    /// <param name="pipeline">Takes the events; its report has the bounds that are hit here.</param>
    /// <param name="options">Which servers, and how.</param>
    /// <param name="logger">Takes what is said: no secret and no content of events is in it.</param>
    /// <param name="time">The clock.</param>
    public ServerAttachment(TelemetryPipeline pipeline, AttachOptions options, ILogger? logger = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        ArgumentNullException.ThrowIfNull(options);
        _pipeline = new SharedPipeline(pipeline);
        _options = options;
        _logger = logger ?? NullLogger.Instance;
        _time = time ?? TimeProvider.System;
        pipeline.ReportAlso(_counts.ToList);
    }

    /// <summary>Follows until cancelled, or until all sessions are idle if that was asked for.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    /// <exception cref="ConfigurationException">A server refuses the password at the first connection.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        List<ServerFollower> followers =
            [.. _options.Servers.Select(server => new ServerFollower(server, _options, _pipeline, _counts, _logger, _time))];
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        List<Task> running = [.. followers.Select(follower => follower.RunAsync(stop.Token))];
        try
        {
            await WatchAsync(followers, running, stop.Token).ConfigureAwait(false);
        }
        finally
        {
            // Nobody may touch the pipeline after this.
            await stop.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            followers.ForEach(follower => follower.Dispose());
        }
    }

    private async Task WatchAsync(List<ServerFollower> followers, List<Task> running, CancellationToken cancellationToken)
    {
        var idle = new IdleWatch(_options, _time);
        Task ended = Task.WhenAny(running);
        while (!ended.IsCompleted)
        {
            _pipeline.Tick();
            if (_options.UntilIdle && IsOver(idle, followers))
            {
                return;
            }

            await ended.WaitAsync(TickInterval, _time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
        }

        // A follower ends only with an exception.
        await running.First(task => task.IsCompleted).ConfigureAwait(false);
    }

    private bool IsOver(IdleWatch idle, List<ServerFollower> followers)
    {
        (bool works, bool hasWorked) = _pipeline.Work;
        bool isFollowing = followers.Any(follower => follower.Reach.IsFollowing);
        return followers.All(follower => follower.Reach.IsLost(_options.FirstWorkTime)) || idle.IsOver(isFollowing, works, hasWorked);
    }
}
