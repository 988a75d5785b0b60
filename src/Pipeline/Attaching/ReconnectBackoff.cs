namespace OpencodeOtel.Pipeline.Attaching;

/// <summary>How long to wait before the next try: twice as long each time, less a random part so that many clients do not come at once.</summary>
/// <param name="random">A number from 0 up to, not including, 1.</param>
internal sealed class ReconnectBackoff(Func<double> random)
{
    /// <summary>The first wait, before jitter.</summary>
    public static readonly TimeSpan First = TimeSpan.FromMilliseconds(250);

    /// <summary>The longest wait.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    private TimeSpan _next = First;

    /// <summary>The wait before the next try: between half and all of what is due.</summary>
    public TimeSpan Next()
    {
        TimeSpan due = _next;
        _next = due + due < Longest ? due + due : Longest;
        return due * (0.5 + (random() / 2));
    }

    /// <summary>A connection stood: the next wait is the first again.</summary>
    public void Reset() => _next = First;
}
