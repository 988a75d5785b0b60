namespace OpencodeOtel.EndToEnd.Support;

/// <summary>A test that needs to run the program as another user; where that is not permitted the test says so and is skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OtherUserFactAttribute : FactAttribute
{
    /// <summary>What starts a command as the user nobody.</summary>
    public static readonly IReadOnlyList<string> AsNobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"];

    /// <summary>Looks whether it is permitted.</summary>
    public OtherUserFactAttribute()
    {
        if (!OperatingSystem.IsLinux() || Environment.UserName != "root" || !File.Exists("/usr/bin/setpriv"))
        {
            Skip = "Becoming another user (setpriv) needs Linux and its root.";
        }
    }
}
