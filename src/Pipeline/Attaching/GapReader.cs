using System.Text;
using System.Text.Json;
using OpencodeOtel.Pipeline.Enriching;

namespace OpencodeOtel.Pipeline.Attaching;

/// <summary>Closes the gap before a connection: reads the sessions of a directory and their messages, and tells the pipeline.</summary>
internal sealed class GapReader(ServerApi api, SharedPipeline pipeline, AttachCounts counts, TimeProvider time)
{
    /// <summary>The name by which the server knows a directory, links resolved.</summary>
    /// <param name="directory">A name of it; <see langword="null"/> for the directory of the server itself.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>The name, or what was given if the server does not say.</returns>
    public async Task<string?> DirectoryAsync(string? directory, CancellationToken cancellationToken)
    {
        using JsonDocument? path = await api.GetAsync("path", directory, cancellationToken).ConfigureAwait(false);
        return path is not null && ApiJson.Text(path.RootElement, "directory") is { Length: > 0 } name ? name : directory;
    }

    /// <summary>Reads a directory's sessions as far as they changed, or work; when it is met for the first time, also those of the last day.</summary>
    /// <param name="directory">Which; <see langword="null"/> for the server's own.</param>
    /// <param name="since">When the gap began, by our clock.</param>
    /// <param name="isFirst">Whether it is met for the first time.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<GapReading> ReadAsync(string? directory, DateTimeOffset since, bool isFirst, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(AttachLimits.GapTime, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var reading = new GapReading(0, IsClosed: true);
        try
        {
            using JsonDocument? list = await api.GetAsync($"session?limit={AttachLimits.ListedSessions}", directory, either.Token).ConfigureAwait(false);
            using JsonDocument? status = await api.GetAsync("session/status", directory, either.Token).ConfigureAwait(false);
            if (list is not { RootElement.ValueKind: JsonValueKind.Array } || status is null)
            {
                counts.DirectoryNotRead();
                return new GapReading(0, IsClosed: false);
            }

            Gap gap = Gap.Begun(since + api.ClockAhead, isFirst);
            using var held = new HeldSessions();
            try
            {
                foreach ((JsonElement session, int messages) in Select(list.RootElement, status, directory, gap, isFirst))
                {
                    reading += await ReadSessionAsync(session, messages, directory, held, either.Token).ConfigureAwait(false);
                    if (held.Bytes > AttachLimits.GapBytes)
                    {
                        counts.GapParted();
                        Tell(held, gap);
                    }
                }

                return reading;
            }
            finally
            {
                // When the time is up, what was read is told.
                Tell(held, gap);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            counts.DirectoryNotRead();
            return reading with { IsClosed = false };
        }
    }

    private static bool IsBusy(JsonDocument status, string id) =>
        ApiJson.Member(status.RootElement, id) is { } own && ApiJson.Text(own, "type") is not ("idle" or "");

    /// <summary>The sessions to read, parents first, and how many messages of each.</summary>
    private List<(JsonElement Session, int Messages)> Select(JsonElement list, JsonDocument status, string? directory, Gap gap, bool isFirst)
    {
        List<JsonElement> all =
        [
            .. from session in ApiJson.Elements(list)
               where ApiJson.Text(session, "id").Length > 0 && (directory is null || ApiJson.Text(session, "directory") == directory)
               orderby ApiJson.Time(session, "updated") descending
               select session,
        ];
        bool IsWanted(JsonElement session) => ApiJson.Time(session, "updated") >= gap.Counted || Works(session, status);
        List<JsonElement> wanted = [.. all.Where(IsWanted)];
        counts.SessionsNotRead(Math.Max(0, wanted.Count - AttachLimits.Sessions));
        long learnt = gap.Counted - (long)AttachLimits.LearntAge.TotalMilliseconds;
        IEnumerable<JsonElement> idle = isFirst
            ? all.Where(session => !IsWanted(session) && ApiJson.Time(session, "updated") >= learnt).Take(AttachLimits.LearntSessions)
            : [];
        return
        [
            .. wanted.Take(AttachLimits.Sessions).Select(session => (session, AttachLimits.Messages))
                .Concat(idle.Select(session => (session, AttachLimits.LearntMessages)))
                .OrderBy(entry => ApiJson.Time(entry.Item1, "created")),
        ];
    }

    private bool Works(JsonElement session, JsonDocument status)
    {
        string id = ApiJson.Text(session, "id");
        return IsBusy(status, id) || pipeline.PhaseOf(Encoding.UTF8.GetBytes(id)) == SessionPhase.Working;
    }

    private async Task<GapReading> ReadSessionAsync(
        JsonElement session, int limit, string? directory, HeldSessions held, CancellationToken cancellationToken)
    {
        string id = ApiJson.Text(session, "id");
        JsonDocument? list = await api.GetAsync(
            $"session/{Uri.EscapeDataString(id)}/message?limit={limit}", directory, cancellationToken).ConfigureAwait(false);

        try
        {
            // Asked after the messages: one that is idle now has nothing to add to them.
            using JsonDocument? status = await api.GetAsync("session/status", directory, cancellationToken).ConfigureAwait(false);
            if (list is not { RootElement.ValueKind: JsonValueKind.Array } || status is null)
            {
                counts.SessionsNotRead();
                return new GapReading(0, IsClosed: false);
            }

            held.Add(new MissedSession(session, MissedMessage.ReadAll(list.RootElement), IsBusy(status, id)), list);
            list = null;
            return new GapReading(1, IsClosed: true);
        }
        finally
        {
            list?.Dispose();
        }
    }

    private void Tell(HeldSessions held, Gap gap)
    {
        pipeline.Do(joined => new GapTeller(joined, gap).Tell(held.Sessions));
        held.Clear();
    }
}
