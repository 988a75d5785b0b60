namespace OpencodeOtel.EndToEnd.Live.Opencode;

/// <summary>A theory that needs the real opencode: skipped, with the reason, where <c>OPENCODE_BIN</c> does not name it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LiveTheoryAttribute : TheoryAttribute
{
    /// <summary>Skips the test if there is no opencode.</summary>
    public LiveTheoryAttribute() => Skip = OpencodeProgram.WhyMissing;
}
