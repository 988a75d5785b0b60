namespace OpencodeOtel.Pipeline.Enriching.State;

/// <summary>Objects to use again, so that a steady stream of messages and calls allocates nothing.</summary>
/// <typeparam name="T">The objects; the owner clears one before it returns it.</typeparam>
internal sealed class Pool<T>
    where T : class, new()
{
    private const int Capacity = 1_024;

    private readonly Stack<T> _free = [];

    /// <summary>Takes one, or makes one.</summary>
    public T Rent() => _free.TryPop(out T? item) ? item : new T();

    /// <summary>Gives one back; beyond the capacity it is left to the collector.</summary>
    public void Return(T item)
    {
        if (_free.Count < Capacity)
        {
            _free.Push(item);
        }
    }
}
