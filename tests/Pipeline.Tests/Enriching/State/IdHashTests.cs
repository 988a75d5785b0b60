using OpencodeOtel.Pipeline.Enriching.State;

namespace OpencodeOtel.Pipeline.Tests.Enriching.State;

public class IdHashTests
{
    [Fact]
    public void Ids_that_differ_in_any_way_have_different_keys()
    {
        var keys = new HashSet<IdHash>();
        int count = 0;
        for (int length = 0; length <= 40; length++)
        {
            byte[] id = new byte[length];
            Assert.True(keys.Add(IdHash.OfSession(id)), $"{length} zero bytes");
            count++;
            for (int at = 0; at < length; at++)
            {
                for (int value = 1; value < 256; value += 17)
                {
                    id[at] = (byte)value;
                    Assert.True(keys.Add(IdHash.OfSession(id)), $"{value} at {at} of {length}");
                    count++;
                }

                id[at] = 0;
            }
        }

        Assert.Equal(count, keys.Count);
        Assert.Equal(count, keys.Select(key => key.High).Distinct().Count());
        Assert.Equal(count, keys.Select(key => key.Low).Distinct().Count());
    }

    [Fact]
    public void An_id_within_a_session_is_told_apart_by_session_kind_and_id()
    {
        IdHash first = IdHash.OfSession("ses_1"u8);
        IdHash longer = IdHash.OfSession("ses_12"u8);

        IdHash[] keys =
        [
            first.Append(IdKind.Call, "call_1"u8),
            first.Append(IdKind.Message, "call_1"u8),
            longer.Append(IdKind.Call, "call_1"u8),
            first.Append(IdKind.Call, "2call_1"u8),
            first.Append(IdKind.Call, "call_11"u8),
        ];

        Assert.Equal(keys.Length, keys.Distinct().Count());
        Assert.Equal(keys[0], first.Append(IdKind.Call, "call_1"u8));
    }

    [Fact]
    public void The_hash_codes_of_a_million_ids_spread()
    {
        IEnumerable<int> codes = Enumerable.Range(0, 1_000_000).Select(number => IdHash.OfSession(BitConverter.GetBytes(number)).GetHashCode());

        Assert.True(codes.Distinct().Count() > 999_000);
    }
}
