using System.Diagnostics;

namespace OpencodeOtel.EndToEnd.Support;

/// <summary>A test that mounts a file system where nobody else sees it; where that is not permitted the test says so and is skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class MountFactAttribute : FactAttribute
{
    private static readonly string? Reason = FindReason();

    /// <summary>Looks whether mounting is permitted.</summary>
    public MountFactAttribute() => Skip = Reason;

    private static string? FindReason()
    {
        const string Denied = "Mounting in a namespace of one's own (unshare, mount) needs Linux and its root.";
        if (!OperatingSystem.IsLinux())
        {
            return Denied;
        }

        try
        {
            var start = new ProcessStartInfo("unshare", ["-m", "sh", "-c", "mount -t tmpfs none /mnt"]) { RedirectStandardError = true };
            using Process trial = Process.Start(start)!;
            trial.StandardError.ReadToEnd();
            trial.WaitForExit();
            return trial.ExitCode == 0 ? null : Denied;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return Denied;
        }
    }
}
