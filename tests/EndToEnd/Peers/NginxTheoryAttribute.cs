namespace OpencodeOtel.EndToEnd.Peers;

/// <summary>A test that needs nginx: skipped, with the reason, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NginxTheoryAttribute : TheoryAttribute
{
    /// <summary>Skips the test if there is no nginx.</summary>
    public NginxTheoryAttribute() => Skip = Nginx.WhyMissing;
}
