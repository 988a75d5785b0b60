namespace OpencodeOtel.Pipeline.Exporting.Delivering;

/// <summary>A request that waits for its turn; owned by the gate.</summary>
/// <param name="order">Its place: lower ones go first.</param>
/// <param name="due">When it may be sent at the earliest.</param>
/// <param name="deadline">When its time is up.</param>
internal sealed class Waiter(long order, TimeSpan due, TimeSpan deadline) : TaskCompletionSource<Turn>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    /// <summary>Gets its place.</summary>
    public long Order => order;

    /// <summary>Gets when it may be sent at the earliest.</summary>
    public TimeSpan Due => due;

    /// <summary>Gets when its time is up.</summary>
    public TimeSpan Deadline => deadline;
}
