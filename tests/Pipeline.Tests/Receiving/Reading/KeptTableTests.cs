using OpencodeOtel.Pipeline.Receiving.Reading;

namespace OpencodeOtel.Pipeline.Tests.Receiving.Reading;

public sealed class KeptTableTests
{
    private readonly KeptTable<KeptBytes> _table = new(limit: 3);

    [Fact]
    public void What_is_added_is_found_until_it_is_removed()
    {
        KeptBytes one = Add(1);
        KeptBytes two = Add(2);
        Assert.Same(one, _table.Find(1));
        _table.Remove(1);
        Assert.Null(_table.Find(1));
        Assert.Same(two, _table.Find(2));
        Assert.Same(one, Add(3));
        Assert.Equal(0, _table.Forgotten);
    }

    [Fact]
    public void A_full_table_gives_the_place_of_the_first_and_counts_it()
    {
        KeptBytes first = Add(1);
        Add(2);
        Add(3);
        Assert.Same(first, _table.Add(4, out bool isTaken));
        Assert.True(isTaken);
        Assert.Null(_table.Find(1));
        Assert.Equal(1, _table.Forgotten);
        Assert.Same(first, _table.Find(4));
    }

    [Fact]
    public void All_can_be_removed_in_the_order_of_coming()
    {
        KeptBytes?[] added = [Add(9), Add(4)];
        Assert.Equal(added, [_table.RemoveAny(), _table.RemoveAny()]);
        Assert.Null(_table.RemoveAny());
    }

    private KeptBytes Add(ulong hash)
    {
        KeptBytes entry = _table.Add(hash, out bool isTaken);
        Assert.False(isTaken);
        return entry;
    }
}
