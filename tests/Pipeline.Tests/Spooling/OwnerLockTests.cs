using System.Runtime.Versioning;
using OpencodeOtel.Pipeline.Spooling;

namespace OpencodeOtel.Pipeline.Tests.Spooling;

public sealed class OwnerLockTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("opencode-otel-lock-");

    private string Lock => Path.Combine(_folder.FullName, "a.lock");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(FileMode.Open)]
    [InlineData(FileMode.OpenOrCreate)]
    [InlineData(FileMode.CreateNew)]
    public void What_another_holds_is_not_had(FileMode mode)
    {
        using OwnerLock held = OwnerLock.TryTake(Lock, FileMode.CreateNew)!;
        Assert.Null(OwnerLock.TryTake(Lock, mode));
    }

    [Fact]
    public void What_is_let_go_can_be_taken_but_is_not_new()
    {
        OwnerLock.TryTake(Lock, FileMode.CreateNew)!.Dispose();
        Assert.Null(OwnerLock.TryTake(Lock, FileMode.CreateNew));
        using OwnerLock? taken = OwnerLock.TryTake(Lock, FileMode.OpenOrCreate);
        Assert.NotNull(taken);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void An_error_that_is_no_other_owner_is_told()
    {
        File.CreateSymbolicLink(Lock, Lock);
        Assert.ThrowsAny<IOException>(() => OwnerLock.TryTake(Lock, FileMode.Open));
        Assert.ThrowsAny<IOException>(() => OwnerLock.TryTake(Path.Combine(_folder.FullName, "none", "a.lock"), FileMode.OpenOrCreate));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void A_lock_whose_file_was_cleared_away_is_known_also_when_there_is_another()
    {
        using OwnerLock first = OwnerLock.TryTake(Lock, FileMode.CreateNew)!;
        Assert.True(first.IsInPlace());

        File.Delete(Lock); // As who clears an empty log away does, between another's opening and locking.
        Assert.False(first.IsInPlace());

        using OwnerLock second = OwnerLock.TryTake(Lock, FileMode.OpenOrCreate)!;
        Assert.False(first.IsInPlace());
        Assert.True(second.IsInPlace());
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task Owners_that_come_and_clear_away_at_the_same_time_never_hold_a_file_that_is_gone()
    {
        int owners = 0;
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (int round = 0; round < 500; round++)
            {
                if (OwnerLock.TryTake(Lock, FileMode.OpenOrCreate) is { } taken)
                {
                    Assert.Equal(1, Interlocked.Increment(ref owners));
                    Interlocked.Decrement(ref owners);
                    taken.Delete();
                }
            }
        })));
    }
}
