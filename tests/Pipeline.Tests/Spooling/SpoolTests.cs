using System.Runtime.Versioning;
using CsCheck;
using Microsoft.Extensions.Time.Testing;
using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Exporting;
using OpencodeOtel.Pipeline.Spooling;
using OpencodeOtel.Pipeline.Tests.Exporting;

namespace OpencodeOtel.Pipeline.Tests.Spooling;

public sealed class SpoolTests : IDisposable
{
    private readonly SpoolFolder _folder = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 8, 1, 12, 0, 0, TimeSpan.Zero));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_was_stored_is_found_by_the_next_owner_oldest_first_with_the_same_bytes()
    {
        await using (Spool spool = _folder.Open())
        {
            foreach (int number in Enumerable.Range(0, 50))
            {
                Assert.True(await SpoolFolder.StoreAsync(spool, number, items: number + 1, padding: number * 100));
            }
        }

        await using Spool next = _folder.Open();
        next.Register(SpoolFolder.Lane, new SpoolAccounts());
        next.AdoptForRegistered();
        foreach (int number in Enumerable.Range(0, 50))
        {
            SpooledFrame frame = Assert.IsType<SpooledFrame>(next.TryTake(SpoolFolder.Lane));
            Assert.Equal(SpoolFolder.Numbered(number, padding: number * 100).Body.ToArray(), frame.Request.Body.ToArray());
            Assert.Equal(number + 1, frame.Request.ItemCount);
            next.Settle(frame);
        }

        Assert.Null(next.TryTake(SpoolFolder.Lane));
    }

    [Fact]
    public async Task When_everything_is_delivered_nothing_is_left()
    {
        await using (Spool spool = _folder.Open())
        {
            await SpoolFolder.StoreAsync(spool, 1);
        }

        await _folder.ReopenAndDrainAsync();

        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task A_process_reads_what_it_stored_itself()
    {
        await using Spool spool = _folder.Open();
        await SpoolFolder.StoreAsync(spool, 1);
        Assert.Equal([1], SpoolFolder.Drain(spool));
        await SpoolFolder.StoreAsync(spool, 2);

        Assert.Equal([2], SpoolFolder.Drain(spool));
    }

    [Fact]
    public async Task What_was_not_settled_is_given_again_and_what_was_is_not()
    {
        await using (Spool spool = _folder.Open())
        {
            foreach (int number in Enumerable.Range(0, 4))
            {
                await SpoolFolder.StoreAsync(spool, number);
            }

            SpooledFrame first = spool.TryTake(SpoolFolder.Lane)!;
            SpooledFrame second = spool.TryTake(SpoolFolder.Lane)!;
            spool.Settle(second);
            spool.Return(first);
            Assert.Equal(0, SpoolFolder.NumberOf(spool.TryTake(SpoolFolder.Lane)!.Request));
            Assert.Equal(2, SpoolFolder.NumberOf(spool.TryTake(SpoolFolder.Lane)!.Request));
        }

        // The cursor is the oldest that is not settled: behind it the next owner may send again.
        Assert.Equal([0, 1, 2, 3], (await _folder.ReopenAndDrainAsync()).Numbers);
    }

    [Fact]
    public async Task The_cursor_is_kept_without_an_orderly_end()
    {
        await using Spool spool = _folder.Open();
        foreach (int number in Enumerable.Range(0, 4))
        {
            await SpoolFolder.StoreAsync(spool, number);
        }

        spool.Settle(spool.TryTake(SpoolFolder.Lane)!);
        spool.Settle(spool.TryTake(SpoolFolder.Lane)!);

        // The lock is the only thing that a dead process lets go of.
        File.Delete(Assert.Single(Directory.GetFiles(_folder.Path, "*.lock")));
        Assert.Equal([2, 3], (await _folder.ReopenAndDrainAsync()).Numbers);
    }

    [Fact]
    public async Task Two_owners_share_a_directory_and_neither_reads_the_other_s_log_while_it_lives()
    {
        Spool one = _folder.Open();
        await using Spool two = _folder.Open();
        one.Register(SpoolFolder.Lane, new SpoolAccounts());
        two.Register(SpoolFolder.Lane, new SpoolAccounts());
        await SpoolFolder.StoreAsync(one, 1);
        await SpoolFolder.StoreAsync(two, 2);

        Assert.Equal([2], SpoolFolder.Drain(two));

        await one.DisposeAsync();
        Assert.Equal([1], SpoolFolder.Drain(two));
    }

    [Fact]
    public async Task A_log_that_holds_nothing_for_us_is_left_to_others()
    {
        SpoolLane elsewhere = SpoolFolder.Lane with { Destination = "http://elsewhere.example:4318/v1/logs" };
        await using (Spool spool = _folder.Open())
        {
            await SpoolFolder.StoreAsync(spool, 1, lane: elsewhere);
        }

        await using Spool ours = _folder.Open();
        ours.Register(SpoolFolder.Lane, new SpoolAccounts());
        Assert.Empty(SpoolFolder.Drain(ours));

        await using Spool theirs = _folder.Open();
        theirs.Register(elsewhere, new SpoolAccounts());
        Assert.Equal([1], SpoolFolder.Drain(theirs, elsewhere));
    }

    [Fact]
    public async Task Lanes_of_a_log_are_read_each_for_itself()
    {
        SpoolLane[] lanes = [.. Enum.GetValues<Signal>().Select(signal => SpoolFolder.Lane with { Signal = signal })];
        await using (Spool spool = _folder.Open())
        {
            foreach (int number in Enumerable.Range(0, 30))
            {
                await SpoolFolder.StoreAsync(spool, number, lane: lanes[number % 3]);
            }
        }

        for (int i = 0; i < 3; i++)
        {
            await using Spool next = _folder.Open();
            next.Register(lanes[i], new SpoolAccounts());
            Assert.Equal(Enumerable.Range(0, 30).Where(number => number % 3 == i), SpoolFolder.Drain(next, lanes[i]));
        }

        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task Requests_that_come_together_are_all_acknowledged_and_all_there() => await Gen.Int[0, 3000].Array[1, 60].SampleAsync(
        async paddings =>
        {
            using SpoolFolder folder = new();
            await using (Spool spool = folder.Open(limit: 1024 * 1024))
            {
                bool[] stored = await Task.WhenAll(paddings.Index().Select(entry => Task.Run(() => SpoolFolder.StoreAsync(spool, entry.Index, padding: entry.Item))));
                Assert.All(stored, Assert.True);
            }

            Assert.Equal(Enumerable.Range(0, paddings.Length), (await folder.ReopenAndDrainAsync()).Numbers.Order());
        },
        iter: 30,
        threads: 1);

    [Fact]
    public async Task Over_the_limit_the_oldest_go_and_each_record_is_counted()
    {
        DeliveryAccount account = new();
        await using Spool spool = _folder.Open(limit: 100_000);
        spool.Register(SpoolFolder.Lane, new SpoolAccounts(account));
        for (int number = 0; number < 300; number++)
        {
            Assert.True(await SpoolFolder.StoreAsync(spool, number, items: 3, padding: 1000));
            account.Settle(Signal.Logs, Fate.Spooled, 3);
            Assert.True(_folder.Bytes <= 100_000, $"{_folder.Bytes} bytes");
        }

        List<int> left = SpoolFolder.Drain(spool);

        Assert.Equal(Enumerable.Range(300 - left.Count, left.Count), left);
        Assert.InRange(left.Count, 70, 99);
        Assert.Equal(3 * (300 - left.Count), account.Report("x").Logs.Dropped);
        Assert.Equal(3 * left.Count, account.Report("x").Logs.Spooled);
    }

    [Fact]
    public async Task What_dead_processes_left_is_the_oldest_and_goes_first()
    {
        await using (Spool dead = _folder.Open(time: _time))
        {
            await SpoolFolder.StoreAsync(dead, 1, items: 5, padding: 50_000);
        }

        _time.Advance(TimeSpan.FromSeconds(1));
        SpoolAccounts accounts = new();
        await using Spool spool = _folder.Open(limit: 100_000, time: _time);
        spool.Register(SpoolFolder.Lane, accounts);
        await SpoolFolder.StoreAsync(spool, 2, padding: 40_000);
        await SpoolFolder.StoreAsync(spool, 3, padding: 40_000);

        Assert.Equal([2, 3], SpoolFolder.Drain(spool));
        Assert.Equal(5, accounts.Earlier.Report("x").Logs.Dropped);
    }

    [Fact]
    public async Task When_others_fill_the_limit_nothing_of_ours_is_given_up_in_vain()
    {
        await using Spool other = _folder.Open();
        await SpoolFolder.StoreAsync(other, 1, padding: 60_000);
        RecordingLogger logger = new();
        await using Spool spool = _folder.Open(limit: 100_000, logger: logger);
        Assert.True(await SpoolFolder.StoreAsync(spool, 2, padding: 30_000));

        Assert.False(await SpoolFolder.StoreAsync(spool, 3, padding: 50_000));

        Assert.Equal([2], SpoolFolder.Drain(spool));
        Assert.Contains("limit", Assert.Single(logger.Messages).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_larger_than_the_limit_is_refused_and_costs_nothing_else()
    {
        await using Spool spool = _folder.Open(limit: 100_000);
        Assert.True(await SpoolFolder.StoreAsync(spool, 1));
        Assert.False(await SpoolFolder.StoreAsync(spool, 2, padding: 100_001));

        Assert.Equal([1], SpoolFolder.Drain(spool));
    }

    [Fact]
    public async Task What_is_evicted_while_it_is_under_way_is_counted_once_when_it_comes_back()
    {
        DeliveryAccount account = new();
        await using Spool spool = _folder.Open(limit: 100_000);
        spool.Register(SpoolFolder.Lane, new SpoolAccounts(account));
        await SpoolFolder.StoreAsync(spool, 0, padding: 90_000);
        await SpoolFolder.StoreAsync(spool, 1, padding: 100);
        SpooledFrame frame = spool.TryTake(SpoolFolder.Lane)!;
        await SpoolFolder.StoreAsync(spool, 2, padding: 90_000);
        Assert.Equal(0, account.Report("x").Logs.Dropped);

        spool.Return(frame);

        Assert.Equal(1, account.Report("x").Logs.Dropped);
        Assert.Equal([1, 2], SpoolFolder.Drain(spool));
    }

    [Fact]
    public async Task What_has_waited_too_long_is_given_up_and_counted()
    {
        RecordingLogger logger = new();
        DeliveryAccount account = new();
        await using Spool spool = _folder.Open(maxAge: TimeSpan.FromDays(7), time: _time, logger: logger);
        spool.Register(SpoolFolder.Lane, new SpoolAccounts(account));
        await SpoolFolder.StoreAsync(spool, 1, items: 4);
        _time.Advance(TimeSpan.FromDays(6));
        await SpoolFolder.StoreAsync(spool, 2);
        _time.Advance(TimeSpan.FromDays(1.5));

        Assert.Equal([2], SpoolFolder.Drain(spool));
        Assert.Equal(4, account.Report("x").Logs.Expired);
        Assert.Contains("4 records", Assert.Single(logger.Messages).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_disk_is_said_once_refuses_and_is_forgotten_when_there_is_room_again()
    {
        RecordingLogger logger = new();
        FailingFiles files = new();
        await using Spool spool = _folder.Open(time: _time, logger: logger, more: options => options with { OpenSegment = files.Open });
        Assert.True(await SpoolFolder.StoreAsync(spool, 1));
        files.Fails = true;
        Assert.False(await SpoolFolder.StoreAsync(spool, 2));
        Assert.False(await SpoolFolder.StoreAsync(spool, 3));
        files.Fails = false;
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.True(await SpoolFolder.StoreAsync(spool, 4));

        Assert.Equal([1, 4], SpoolFolder.Drain(spool));
        Assert.Contains("the disk is full", Assert.Single(logger.Messages).Text, StringComparison.Ordinal);
        Assert.Equal(1, files.Attempts - files.Successes);
        await spool.DisposeAsync();
        Assert.Equal([], (await _folder.ReopenAndDrainAsync()).Numbers);
    }

    [Fact]
    public async Task What_can_be_neither_acknowledged_nor_taken_back_is_cut_away_once_the_disk_works_again()
    {
        FailingFiles files = new();
        await using (Spool spool = _folder.Open(time: _time, more: options => options with { OpenSegment = files.Open }))
        {
            Assert.True(await SpoolFolder.StoreAsync(spool, 1));
            (files.Fails, files.KeepsWhatFails) = (true, true);
            Assert.False(await SpoolFolder.StoreAsync(spool, 2));
            files.Fails = false;
            _time.Advance(TimeSpan.FromSeconds(2));
            Assert.True(await SpoolFolder.StoreAsync(spool, 3));
        }

        await using Spool next = _folder.Open(time: _time);
        next.Register(SpoolFolder.Lane, new SpoolAccounts());
        Assert.Equal([1, 3], SpoolFolder.Drain(next));
        Assert.True(next.Damaged.IsNone);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task A_log_that_cannot_be_read_keeps_nobody_from_the_others_and_is_said_once()
    {
        await using (Spool dead = _folder.Open())
        {
            await SpoolFolder.StoreAsync(dead, 1);
        }

        string unreadable = _folder.AddUnreadableLog();
        RecordingLogger logger = new();
        await using Spool spool = _folder.Open(limit: 100_000, logger: logger);
        spool.Register(SpoolFolder.Lane, new SpoolAccounts());
        Assert.True(await SpoolFolder.StoreAsync(spool, 2));

        Assert.Equal([1, 2], SpoolFolder.Drain(spool));
        spool.AdoptForRegistered();
        Assert.True(await SpoolFolder.StoreAsync(spool, 3, padding: 60_000));
        Assert.True(await SpoolFolder.StoreAsync(spool, 4, padding: 60_000)); // Over the limit: all free logs are looked at.
        Assert.Contains("is left alone", Assert.Single(logger.Messages, message => message.EventId == 405).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(logger.Messages, message => message.EventId is 400 or 401);
        Assert.False(File.Exists(unreadable + ".lock"));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task A_log_that_cannot_be_read_is_counted_in_a_list_and_left_by_a_purge()
    {
        await using (Spool dead = _folder.Open())
        {
            await SpoolFolder.StoreAsync(dead, 1, items: 3);
        }

        _folder.AddUnreadableLog();

        SpoolContents contents = SpoolAdministration.Read(_folder.Path);
        SpoolPurged purged = SpoolAdministration.Purge(_folder.Path, null, _time);

        Assert.Equal((1, 3, 1, 0), (contents.Requests, contents.Items, contents.LogsUnreadable, contents.LogsInUse));
        Assert.Equal((1, 3, 1), (purged.Requests, purged.Items, purged.LogsLeft));
    }

    [Fact]
    public async Task What_waits_for_another_destination_is_given_up_in_time_too()
    {
        SpoolLane elsewhere = SpoolFolder.Lane with { Destination = "http://elsewhere.example:4318/v1/logs" };
        await using (Spool dead = _folder.Open(time: _time))
        {
            await SpoolFolder.StoreAsync(dead, 1, items: 4, lane: elsewhere);
            _time.Advance(TimeSpan.FromDays(2));
            await SpoolFolder.StoreAsync(dead, 2, lane: elsewhere);
        }

        RecordingLogger logger = new();
        SpoolAccounts accounts = new();
        await using Spool ours = _folder.Open(maxAge: TimeSpan.FromDays(7), time: _time, logger: logger);
        ours.Register(SpoolFolder.Lane, accounts);
        _time.Advance(TimeSpan.FromDays(5.5));
        ours.AdoptForRegistered();
        Assert.Equal(4, accounts.Earlier.Report("x").Logs.Expired);
        Assert.Contains("4 records have waited longer", Assert.Single(logger.Messages).Text, StringComparison.Ordinal);
        SpoolEntry left = Assert.Single(SpoolAdministration.Read(_folder.Path).Entries);
        Assert.Equal(1, left.Requests);

        _time.Advance(TimeSpan.FromDays(2));
        ours.AdoptForRegistered();
        Assert.Equal(5, accounts.Earlier.Report("x").Logs.Expired);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task What_waits_for_another_destination_makes_room_too()
    {
        SpoolLane elsewhere = SpoolFolder.Lane with { Destination = "http://elsewhere.example:4318/v1/logs" };
        await using (Spool dead = _folder.Open(time: _time))
        {
            await SpoolFolder.StoreAsync(dead, 1, items: 4, lane: elsewhere, padding: 60_000);
        }

        _time.Advance(TimeSpan.FromSeconds(1));
        SpoolAccounts accounts = new();
        await using Spool ours = _folder.Open(limit: 100_000, time: _time);
        ours.Register(SpoolFolder.Lane, accounts);
        ours.AdoptForRegistered();

        Assert.True(await SpoolFolder.StoreAsync(ours, 2, padding: 60_000));

        Assert.Equal(4, accounts.Earlier.Report("x").Logs.Dropped);
    }

    [Fact]
    public async Task A_directory_that_cannot_be_made_is_said_once_and_refuses()
    {
        RecordingLogger logger = new();
        await File.WriteAllTextAsync(_folder.Path, "a file");
        await using Spool spool = _folder.Open(logger: logger);
        spool.Register(SpoolFolder.Lane, new SpoolAccounts());

        Assert.False(await SpoolFolder.StoreAsync(spool, 1));
        Assert.False(await SpoolFolder.StoreAsync(spool, 2));
        Assert.Empty(SpoolFolder.Drain(spool));

        Assert.Single(logger.Messages);
        await spool.DisposeAsync();
        File.Delete(_folder.Path);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task Only_the_owner_may_read_what_is_spooled()
    {
        await using Spool spool = _folder.Open();
        await SpoolFolder.StoreAsync(spool, 1);
        await SpoolFolder.StoreAsync(spool, 2);
        spool.Settle(spool.TryTake(SpoolFolder.Lane)!);

        UnixFileMode directory = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        Assert.Equal(directory, File.GetUnixFileMode(_folder.Path));
        Assert.All(Directory.GetDirectories(_folder.Path), path => Assert.Equal(directory, File.GetUnixFileMode(path)));
        string[] files = Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories);
        Assert.Equal(3, files.Length);
        Assert.All(files, path => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path)));
    }

    [Fact]
    public async Task Nothing_is_made_before_something_is_stored()
    {
        await using Spool spool = _folder.Open();
        spool.Register(SpoolFolder.Lane, new SpoolAccounts());

        Assert.Empty(SpoolFolder.Drain(spool));
        Assert.False(Directory.Exists(_folder.Path));
    }

    [Fact]
    public async Task After_the_end_nothing_is_stored()
    {
        Spool spool = _folder.Open();
        await spool.DisposeAsync();

        Assert.False(await SpoolFolder.StoreAsync(spool, 1));
    }
}
