using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace ModerationConsole.Core.Media;

/// <summary>A file as a renderer gets it: by its path, or as an open handle that has no name on any disk.</summary>
/// <param name="Path">What the child process opens; absolute.</param>
/// <param name="Handle">The handle that the child inherits, when the path names that.</param>
internal sealed record RenderFile(string Path, SafeFileHandle? Handle = null) : IDisposable
{
    /// <summary>A file on the disk; disposing leaves it there.</summary>
    public static RenderFile OnDisk(string path) => new(System.IO.Path.GetFullPath(path));

    /// <summary>An empty file in memory, or null where the system has none.</summary>
    public static RenderFile? TryInMemory() => MemoryFile.TryCreate() is { } handle
        ? new RenderFile(
            string.Create(CultureInfo.InvariantCulture, $"/proc/self/fd/{handle.DangerousGetHandle()}"), handle)
        : null;

    /// <summary>Opens it here, from its beginning; disposing of the stream does not end a file in memory.</summary>
    public FileStream Open(FileAccess access)
    {
        if (Handle is null)
        {
            return new FileStream(Path, FileMode.Open, access, FileShare.Read, 0, FileOptions.Asynchronous);
        }

        var again = new SafeFileHandle(Handle.DangerousGetHandle(), ownsHandle: false);
        return new FileStream(again, access, 0, isAsync: false) { Position = 0 };
    }

    public void Dispose() => Handle?.Dispose();
}
