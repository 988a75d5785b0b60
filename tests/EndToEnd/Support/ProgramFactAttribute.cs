namespace OpencodeOtel.EndToEnd.Support;

/// <summary>A test that needs another program on the PATH; where it is missing the test says so and is skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ProgramFactAttribute : FactAttribute
{
    /// <summary>Names the program that is needed.</summary>
    public ProgramFactAttribute(string program)
    {
        Program = program;
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        string[] endings = OperatingSystem.IsWindows() ? [".exe", ".cmd"] : [""];
        if (!folders.Any(folder => endings.Any(ending => File.Exists(Path.Combine(folder, program + ending)))))
        {
            Skip = $"There is no {program} on the PATH.";
        }
    }

    /// <summary>Gets the program that is needed.</summary>
    public string Program { get; }
}
