using System.Diagnostics;
using System.Globalization;

namespace ModerationConsole.Tests.Support.Faults;

/// <summary>
/// A disk that can be filled and emptied under a running program: a small file system of its own in memory where the tests may
/// mount one, else a limit on the size of files that the program writes, which fails its writes in the same way.
/// </summary>
internal sealed class FullDisk : IDisposable
{
    private const string Ballast = "ballast";
    private readonly string _folder;
    private readonly bool _mounted;

    private FullDisk(string folder, bool mounted) => (_folder, _mounted) = (folder, mounted);

    /// <summary>What the program is to be started under: the limit's signal would end it, where a full disk does not.</summary>
    public IReadOnlyList<string> Under => _mounted ? [] : ["/bin/sh", "-c", "trap '' XFSZ; exec \"$@\"", "sh"];

    /// <summary>Makes the folder such a disk, empty.</summary>
    public static FullDisk On(string folder, int megabytes)
    {
        Directory.CreateDirectory(folder);
        return new FullDisk(folder, Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", folder));
    }

    /// <summary>Leaves no room.</summary>
    /// <param name="fileBytes">Where there is only a limit: what a file may have.</param>
    public void Fill(ConsoleServer server, long fileBytes) => Fill([server], fileBytes);

    /// <inheritdoc cref="Fill(ConsoleServer, long)" />
    public void Fill(IEnumerable<ConsoleServer> servers, long fileBytes)
    {
        if (!_mounted)
        {
            foreach (ConsoleServer server in servers)
            {
                Limit(server, fileBytes.ToString(CultureInfo.InvariantCulture));
            }

            return;
        }

        using FileStream file = new(Path.Combine(_folder, Ballast), FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        foreach (int size in (int[])[64 * 1024, 512])
        {
            try
            {
                while (true)
                {
                    file.Write(new byte[size]);
                }
            }
            catch (IOException)
            {
                // Full, but for less than this.
            }
        }
    }

    /// <summary>Makes room again.</summary>
    public void Free(ConsoleServer server) => Free([server]);

    /// <inheritdoc cref="Free(ConsoleServer)" />
    public void Free(IEnumerable<ConsoleServer> servers)
    {
        File.Delete(Path.Combine(_folder, Ballast));
        foreach (ConsoleServer server in servers.Where(_ => !_mounted))
        {
            Limit(server, "unlimited");
        }
    }

    public void Dispose()
    {
        if (_mounted)
        {
            Run("umount", "--lazy", _folder);
        }
    }

    private static void Limit(ConsoleServer server, string bytes) =>
        Assert.True(server.HasExited || Run("prlimit", "--pid", server.Id.ToString(CultureInfo.InvariantCulture), $"--fsize={bytes}:") || server.HasExited);

    private static bool Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
