using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ModerationConsole.Core.Media;

/// <summary>A file that lies in memory only, has no name, and is gone with the last process that holds it.</summary>
internal static class MemoryFile
{
    private const uint CloseOnExec = 1;

    /// <summary>A new one, or null where the system has none (all but Linux).</summary>
    public static SafeFileHandle? TryCreate()
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        var descriptor = Create("media\0"u8.ToArray(), CloseOnExec);
        return descriptor < 0 ? null : new SafeFileHandle(descriptor, ownsHandle: true);
    }

    [DllImport("libc", EntryPoint = "memfd_create", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Create(byte[] name, uint flags);
}
