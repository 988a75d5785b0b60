using System.Reflection;
using OpencodeOtel.Pipeline.Enriching;

namespace OpencodeOtel.Pipeline.Tests.Enriching;

public class EnrichingCountsTests
{
    [Fact]
    public void Every_bound_that_was_hit_is_in_the_report_under_a_name_of_its_own_and_no_other()
    {
        var counts = new EnrichingCounts();
        Assert.Empty(counts.ToList());
        PropertyInfo[] bounds = typeof(EnrichingCounts).GetProperties();
        for (int place = 0; place < bounds.Length; place++)
        {
            bounds[place].SetValue(counts, place + 1L);
        }

        IReadOnlyList<KeyValuePair<string, long>> report = counts.ToList();

        Assert.Equal(Enumerable.Range(1, bounds.Length).Select(count => (long)count), report.Select(bound => bound.Value).Order());
        Assert.Equal(bounds.Length, report.Select(bound => bound.Key).Distinct().Count());
    }
}
