using System.Text;
using System.Text.Json;
using OpencodeOtel.Pipeline.Enriching;

namespace OpencodeOtel.Pipeline.Attaching;

/// <summary>Closes the gap before a connection: reads the sessions of a directory and their messages, and tells the pipeline.</summary>
internal sealed class GapReader(ServerApi api, SharedPipeline pipeline, AttachCounts counts, TimeProvider time)
{
    /// <summary>The directory of the server itself; <see langword="null"/> if it does not say.</summary>
    public async Task<string?> OwnDirectoryAsync(CancellationToken cancellationToken)
    {
        using JsonDocument? path = await api.GetAsync("path", null, cancellationToken).ConfigureAwait(false);
        return path is not null && ApiJson.Text(path.RootElement, "directory") is { Length: > 0 } directory ? directory : null;
    }

    /// <summary>Reads a directory's sessions as far as they changed, or work; when it is met for the first time, also those of the last day.</summary>
    /// <param name="directory">Which; <see langword="null"/> for the server's own.</param>
    /// <param name="since">When the gap began, by our clock.</param>
    /// <param name="isFirst">Whether it is met for the first time.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>How many sessions were read.</returns>
    public async Task<int> ReadAsync(string? directory, DateTimeOffset since, bool isFirst, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(AttachLimits.GapTime, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        int read = 0;
        int wanted = 0;
        try
        {
            using JsonDocument? list = await api.GetAsync($"session?limit={AttachLimits.ListedSessions}", directory, either.Token).ConfigureAwait(false);
            if (list is not { RootElement.ValueKind: JsonValueKind.Array })
            {
                counts.DirectoryNotRead();
                return 0;
            }

            using JsonDocument? status = await api.GetAsync("session/status", directory, either.Token).ConfigureAwait(false);
            Gap gap = Gap.Begun(since + api.ClockAhead, isFirst);
            List<JsonElement> sessions = Select(list.RootElement, status, directory, gap, isFirst);
            wanted = sessions.Count;
            foreach (JsonElement session in sessions.Take(AttachLimits.Sessions).OrderBy(session => ApiJson.Time(session, "created")))
            {
                read += await ReadSessionAsync(session, directory, gap, either.Token).ConfigureAwait(false) ? 1 : 0;
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Out of time: what was not read is counted below.
        }

        counts.SessionsNotRead(wanted - read);
        return read;
    }

    private static bool IsBusy(JsonDocument? status, string id) =>
        status is not null && ApiJson.Member(status.RootElement, id) is { } own && ApiJson.Text(own, "type") is not ("idle" or "");

    private List<JsonElement> Select(JsonElement list, JsonDocument? status, string? directory, Gap gap, bool isFirst)
    {
        long learnt = gap.Counted - (isFirst ? (long)AttachLimits.LearntAge.TotalMilliseconds : 0);
        return
        [
            .. from session in ApiJson.Elements(list)
               let id = ApiJson.Text(session, "id")
               let updated = ApiJson.Time(session, "updated")
               where id.Length > 0 && (directory is null || ApiJson.Text(session, "directory") == directory)
               let works = IsBusy(status, id) || pipeline.PhaseOf(Encoding.UTF8.GetBytes(id)) == SessionPhase.Working
               where works || updated >= learnt
               orderby works descending, updated descending
               select session,
        ];
    }

    private async Task<bool> ReadSessionAsync(JsonElement session, string? directory, Gap gap, CancellationToken cancellationToken)
    {
        string id = ApiJson.Text(session, "id");
        using JsonDocument? list = await api.GetAsync(
            $"session/{Uri.EscapeDataString(id)}/message?limit={AttachLimits.Messages}", directory, cancellationToken).ConfigureAwait(false);
        if (list is not { RootElement.ValueKind: JsonValueKind.Array })
        {
            return false;
        }

        // Asked after the messages: one that is idle now has nothing to add to them.
        using JsonDocument? status = await api.GetAsync("session/status", directory, cancellationToken).ConfigureAwait(false);
        if (status is null)
        {
            return false;
        }

        List<MissedMessage> messages = MissedMessage.ReadAll(list.RootElement);
        pipeline.Do(joined =>
        {
            var catchUp = new SessionCatchUp(new BusEvents(joined.OpenInput()), gap);
            catchUp.Tell(session, messages, joined.PhaseOf(Encoding.UTF8.GetBytes(id)), IsBusy(status, id));
        });
        return true;
    }
}
