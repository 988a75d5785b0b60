namespace OpencodeOtel.Benchmarks.Running;

/// <summary>The ratio that the design asks of one of our benchmarks; it is reported, and never enforced.</summary>
/// <param name="against">The method of the same class that it is compared with.</param>
/// <param name="atMost">The largest ratio of times that meets the target.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class TargetAttribute(string against, double atMost) : Attribute
{
    /// <summary>Gets the method that it is compared with.</summary>
    public string Against { get; } = against;

    /// <summary>Gets the largest ratio of times that meets the target.</summary>
    public double AtMost { get; } = atMost;
}
