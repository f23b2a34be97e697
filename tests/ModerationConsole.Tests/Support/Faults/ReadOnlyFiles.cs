using System.Diagnostics;
using System.Runtime.Versioning;

namespace ModerationConsole.Tests.Support.Faults;

/// <summary>Files that nobody may write any more, under a program that has them open: made immutable where that can be, which fails its next write; else by their mode, which it does not notice before it opens them again.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class ReadOnlyFiles : IDisposable
{
    private readonly Dictionary<string, UnixFileMode> _modes;

    public ReadOnlyFiles(params IEnumerable<string> paths)
    {
        _modes = paths.Where(File.Exists).ToDictionary(path => path, File.GetUnixFileMode);
        AreImmutable = _modes.Keys.All(path => Run("+i", path));
        if (!AreImmutable)
        {
            foreach (string path in _modes.Keys)
            {
                Run("-i", path);
                File.SetUnixFileMode(path, UnixFileMode.UserRead);
            }
        }
    }

    /// <summary>Whether writes to what is open fail too.</summary>
    public bool AreImmutable { get; }

    public void Dispose()
    {
        foreach ((string path, UnixFileMode mode) in _modes)
        {
            Run("-i", path);
            File.SetUnixFileMode(path, mode);
        }
    }

    private static bool Run(string how, string path)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo("chattr", [how, path]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
