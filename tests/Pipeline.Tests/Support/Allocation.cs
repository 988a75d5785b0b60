namespace OpencodeOtel.Pipeline.Tests.Support;

/// <summary>Measures what something allocates when it has been done a few times.</summary>
internal static class Allocation
{
    private const int Attempts = 50;

    /// <summary>
    /// The fewest bytes that one of many calls allocated on this thread: code that the compiler has not optimised yet boxes here and
    /// there, a leak shows in every call.
    /// </summary>
    public static long Least(Action action)
    {
        long least = long.MaxValue;
        for (int i = 0; i < Attempts && least > 0; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            action();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
