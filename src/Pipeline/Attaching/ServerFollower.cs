using System.IO.Pipelines;
using Microsoft.Extensions.Logging;
using OpencodeOtel.Pipeline.Configuration;

namespace OpencodeOtel.Pipeline.Attaching;

/// <summary>Follows one server: connects, closes the gap, reads to the end of the connection, and begins again, until it is cancelled.</summary>
internal sealed class ServerFollower : IDisposable
{
    // Nobody corrects a password within a second.
    private static readonly TimeSpan UnauthorizedWait = TimeSpan.FromSeconds(30);

    private readonly ServerAddress _server;
    private readonly AttachOptions _options;
    private readonly SharedPipeline _pipeline;
    private readonly TimeProvider _time;
    private readonly FollowerLog _log;
    private readonly ServerApi _api;
    private readonly GapReader _gaps;
    private readonly DirectoryScanner _directories = new();
    private readonly ReconnectBackoff _backoff = new(Random.Shared.NextDouble);
    private DateTimeOffset? _lastContact;
    private TimeSpan _stood;

    public ServerFollower(
        ServerAddress server, AttachOptions options, SharedPipeline pipeline, AttachCounts counts, ILogger logger, TimeProvider time)
    {
        _server = server;
        _options = options;
        _pipeline = pipeline;
        _time = time;
        _log = new FollowerLog(logger, server);
        _api = new ServerApi(server, options.ConnectTimeout, time, counts);
        _gaps = new GapReader(_api, pipeline, counts, time);
        Reach = new ServerReach(time);
    }

    /// <summary>Gets whether the server is followed, or out of reach.</summary>
    public ServerReach Reach { get; }

    /// <summary>Follows until cancelled.</summary>
    /// <exception cref="ConfigurationException">The server refuses the password at the first connection.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            ConnectionEnd end = await FollowOnceAsync(cancellationToken).ConfigureAwait(false);
            if (_stood >= AttachLimits.StandingTime)
            {
                _backoff.Reset();
            }

            TimeSpan wait = end == ConnectionEnd.Unauthorized ? UnauthorizedWait : _backoff.Next();
            await Task.Delay(wait, _time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _api.Dispose();

    private async Task<ConnectionEnd> FollowOnceAsync(CancellationToken cancellationToken)
    {
        using ServerConnection connection = await ServerConnection.OpenAsync(
            _api, _options.Directory, _options.SilenceTimeout, _time, cancellationToken).ConfigureAwait(false);
        _stood = TimeSpan.Zero;
        if (!connection.IsOpen)
        {
            ConnectionEnd failure = await connection.Ending.ConfigureAwait(false);
            if (failure == ConnectionEnd.Unauthorized && _lastContact is null)
            {
                // It was never right: a mistake to be told at once, not one to wait for.
                throw new ConfigurationException(_log.Unauthorized);
            }

            _log.Failed(failure, connection.Status);
            return failure;
        }

        return await FollowAsync(connection, cancellationToken).ConfigureAwait(false);
    }

    private async Task<ConnectionEnd> FollowAsync(ServerConnection connection, CancellationToken cancellationToken)
    {
        DateTimeOffset opened = connection.LastContact;
        DateTimeOffset since = _lastContact ?? opened;
        bool isFirst = _lastContact is null;
        Reach.Connected();
        try
        {
            GapReading gap = await CloseGapAsync(since, isFirst, cancellationToken).ConfigureAwait(false);

            // A gap that is not closed is still there.
            bool isClosed = gap.IsClosed || isFirst;
            _log.Following(isFirst, gap.Sessions);
            Reach.Followed();
            await ReadAsync(connection, since, cancellationToken).ConfigureAwait(false);
            ConnectionEnd end = await connection.Ending.ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            _lastContact = isClosed ? connection.LastContact : since;
            _log.Lost(end);
            return end;
        }
        finally
        {
            _stood = connection.LastContact - opened;
            Reach.Lost();
        }
    }

    private async Task<GapReading> CloseGapAsync(DateTimeOffset since, bool isFirst, CancellationToken cancellationToken)
    {
        string? own = await _gaps.DirectoryAsync(_options.Directory, cancellationToken).ConfigureAwait(false);
        bool isOwnNew = own is null ? isFirst : _directories.Add(own);
        GapReading read = await _gaps.ReadAsync(own, since, isOwnNew, cancellationToken).ConfigureAwait(false);
        foreach (string directory in _directories.Seen.Where(directory => directory != own).ToList())
        {
            read += await _gaps.ReadAsync(directory, since, isFirst: false, cancellationToken).ConfigureAwait(false);
        }

        return read;
    }

    private async Task ReadAsync(ServerConnection connection, DateTimeOffset since, CancellationToken cancellationToken)
    {
        PipelineInput input = _pipeline.OpenInput();
        PipeReader reader = connection.Reader;
        while (true)
        {
            ReadResult result = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            foreach (ReadOnlyMemory<byte> bytes in result.Buffer)
            {
                while (_options.Directory is null && _directories.FindNew(bytes.Span) is { } directory)
                {
                    await _gaps.ReadAsync(directory, since, isFirst: true, cancellationToken).ConfigureAwait(false);
                }

                _pipeline.Push(input, bytes.Span);
            }

            reader.AdvanceTo(result.Buffer.End);
            if (result.IsCompleted)
            {
                return;
            }
        }
    }
}
