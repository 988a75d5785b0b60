namespace OpencodeOtel.EndToEnd.Support;

/// <summary>A test of the native program alone: skipped where the tests do not run it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NativeFactAttribute : FactAttribute
{
    /// <summary>Skips the test unless <c>OPENCODE_OTEL_BINARY</c> names the native program, on Linux, which tells what a process holds.</summary>
    public NativeFactAttribute() => Skip =
        !OperatingSystem.IsLinux() ? "Only Linux tells what a process holds."
        : string.IsNullOrEmpty(Environment.GetEnvironmentVariable("OPENCODE_OTEL_BINARY")) ? "It is about the memory of the native program, which OPENCODE_OTEL_BINARY names."
        : null;
}
