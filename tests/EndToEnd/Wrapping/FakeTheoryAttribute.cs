namespace OpencodeOtel.EndToEnd.Wrapping;

/// <summary>As <see cref="FakeFactAttribute"/>, for a table.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FakeTheoryAttribute : TheoryAttribute
{
    /// <summary>Skips the test if it cannot run.</summary>
    public FakeTheoryAttribute() => Skip = FakeOpencode.WhyMissing;
}
