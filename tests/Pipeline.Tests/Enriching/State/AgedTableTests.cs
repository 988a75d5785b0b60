using CsCheck;
using OpencodeOtel.Pipeline.Enriching.State;

namespace OpencodeOtel.Pipeline.Tests.Enriching.State;

public class AgedTableTests
{
    [Fact]
    public void It_keeps_order_and_content_like_a_simple_list() =>
        Gen.Select(Gen.Int[0, 2], Gen.Int[0, 9]).Array[0, 200].Sample(steps =>
        {
            var table = new AgedTable<Entry>(5);
            var list = new List<int>();
            foreach ((int what, int id) in steps)
            {
                bool isThere = table.TryFind(Key(id), out Entry? entry);
                Assert.Equal(list.Contains(id), isThere);
                if (what == 0 && isThere)
                {
                    Assert.True(table.Remove(entry!));
                    Assert.False(table.Remove(entry!));
                    list.Remove(id);
                }
                else if (what == 1 && isThere)
                {
                    table.Touch(entry!);
                    list.Remove(id);
                    list.Add(id);
                }
                else if (!isThere)
                {
                    if (table.Overdue is { } oldest)
                    {
                        Assert.Equal(5, list.Count);
                        Assert.Equal(list[0], oldest.Id);
                        table.Remove(oldest);
                        list.RemoveAt(0);
                    }

                    table.Add(Key(id), new Entry(id));
                    list.Add(id);
                }

                Assert.Equal(list.Count, table.Count);
                Assert.Equal(list, Walk(table));
            }
        });

    private static IEnumerable<int> Walk(AgedTable<Entry> table)
    {
        for (Aged? entry = table.Oldest; entry is not null; entry = entry.Newer)
        {
            yield return ((Entry)entry).Id;
        }
    }

    private static IdHash Key(int id) => IdHash.OfSession([(byte)id]);

    private sealed class Entry(int id) : Aged
    {
        public int Id { get; } = id;
    }
}
