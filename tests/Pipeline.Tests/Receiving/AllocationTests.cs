using System.Text;
using OpencodeOtel.Pipeline.Receiving;
using OpencodeOtel.Pipeline.Tests.Support;

namespace OpencodeOtel.Pipeline.Tests.Receiving;

public sealed class AllocationTests
{
    [Fact]
    public void An_event_allocates_nothing_whether_used_or_not_whole_or_in_pieces()
    {
        // Without ids, as older versions send them, every event is used each time.
        string recorded = string.Concat(Recordings.Bus.Concat(Recordings.Run).Concat(Recordings.SecondInterface).Select(name => Encoding.UTF8.GetString(Recordings.Read(name))));
        byte[] stream = Encoding.UTF8.GetBytes(
            recorded.Replace("\"id\":\"evt_", "\"was\":\"evt_", StringComparison.Ordinal) + recorded + "hello\n{\n{}\ndata: {\"type\":\ndata: 7}\n\n");
        CountingHandler handler = new();
        EventReceiver receiver = new(handler, 64 << 20);
        long allocated = long.MaxValue;
        long calls = 0;

        // The first rounds also pay for the tiers of the compiler, and for buffers that stay.
        for (int round = 0; round < 5; round++)
        {
            calls = handler.Calls;
            long before = GC.GetAllocatedBytesForCurrentThread();
            Push(receiver, stream);
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.Equal(0, allocated);
        Assert.InRange(handler.Calls - calls, 1000, long.MaxValue);
    }

    private static void Push(EventReceiver receiver, ReadOnlySpan<byte> stream)
    {
        while (!stream.IsEmpty)
        {
            int length = Math.Min(4096, stream.Length);
            receiver.Push(stream[..length]);
            stream = stream[length..];
        }

        receiver.Complete();
    }
}
