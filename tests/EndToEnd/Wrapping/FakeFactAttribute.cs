namespace OpencodeOtel.EndToEnd.Wrapping;

/// <summary>A test that needs the stand-in for opencode: skipped, with the reason, where that cannot run.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FakeFactAttribute : FactAttribute
{
    /// <summary>Skips the test if it cannot run.</summary>
    public FakeFactAttribute() => Skip = FakeOpencode.WhyMissing;
}
