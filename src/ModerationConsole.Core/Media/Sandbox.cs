namespace ModerationConsole.Core.Media;

/// <summary>The sandbox that bubblewrap makes of the kernel's namespaces.</summary>
internal static class Sandbox
{
    /// <summary>The one folder in it that can be written, in memory and gone with it.</summary>
    public const string Home = "/tmp";

    private const string Nobody = "65534";

    /// <summary>Where bubblewrap is, or null when it is not installed.</summary>
    public static string? Program => OperatingSystem.IsLinux() ? ProgramPath.Find("bwrap") : null;

    /// <summary>
    /// The command that the program follows: no network, no other process in sight, nobody's rights, a read-only view of
    /// the system's programs and of the one file to read, and of nothing else.
    /// </summary>
    public static IReadOnlyList<string> Command(string program, ProcessJob job) =>
    [
        Program ?? "bwrap",
        "--unshare-all", "--unshare-user", "--uid", Nobody, "--gid", Nobody, "--cap-drop", "ALL", "--hostname", "renderer",
        "--new-session", "--die-with-parent",
        "--ro-bind", "/usr", "/usr",
        // Links into /usr on most systems, folders of their own on some.
        "--ro-bind-try", "/lib", "/lib", "--ro-bind-try", "/lib64", "/lib64", "--ro-bind-try", "/bin", "/bin",
        // Where some libraries are found.
        "--ro-bind-try", "/etc/ld.so.cache", "/etc/ld.so.cache", "--ro-bind-try", "/etc/alternatives", "/etc/alternatives",
        "--proc", "/proc", "--dev", "/dev", "--tmpfs", Home, "--chdir", Home,
        .. program.StartsWith("/usr/", StringComparison.Ordinal) ? [] : Bind("--ro-bind", program),
        .. Bind("--ro-bind", job.Input),
        .. Bind("--bind", job.Output),
        "--",
    ];

    // What is inherited as a handle needs no place in the file system.
    private static string[] Bind(string how, RenderFile? file) => file is { Handle: null } ? Bind(how, file.Path) : [];

    // Under its own path, so that the program's arguments are the same inside and outside.
    private static string[] Bind(string how, string path) => [how, path, path];
}
