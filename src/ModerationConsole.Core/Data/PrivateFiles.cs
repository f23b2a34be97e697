using System.Runtime.InteropServices;
using System.Text;

namespace ModerationConsole.Core.Data;

/// <summary>Files and folders that only the console's own account may read.</summary>
internal static class PrivateFiles
{
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerFolder = OwnerFile | UnixFileMode.UserExecute;

    /// <summary>Makes the folder and those above it; each is on the disk when this returns.</summary>
    public static void CreateDirectory(string path)
    {
        if (Directory.Exists(path))
        {
            return;
        }

        var parent = Path.GetDirectoryName(path);
        if (parent is not null)
        {
            CreateDirectory(parent);
        }

        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            return;
        }

        Directory.CreateDirectory(path, OwnerFolder);
        FlushDirectory(parent ?? path);
    }

    /// <summary>A new file to write; throws when the name is taken.</summary>
    public static FileStream Create(string path)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Options = FileOptions.Asynchronous,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerFile;
        }

        return new FileStream(path, options);
    }

    /// <summary>Writes a new file; it is on the disk when this returns. Throws when the name is taken.</summary>
    public static void WriteNew(string path, string text)
    {
        using FileStream file = Create(path);
        file.Write(Encoding.UTF8.GetBytes(text));
        file.Flush(flushToDisk: true);
    }

    /// <summary>
    /// What the file says, which is made first where there is none: whole or not at all, and never over another process's, so
    /// that of two that start at once both hold the same.
    /// </summary>
    public static string Keep(string path, Func<string> make)
    {
        if (!File.Exists(path))
        {
            var folder = Path.GetDirectoryName(path)!;
            CreateDirectory(folder);
            var draft = $"{path}.{Guid.CreateVersion7():N}";
            try
            {
                WriteNew(draft, make());
                File.Move(draft, path, overwrite: false);
                FlushDirectory(folder);
            }
            catch (IOException) when (File.Exists(path))
            {
                // Another console was quicker.
            }
            finally
            {
                File.Delete(draft);
            }
        }

        return File.ReadAllText(path);
    }

    /// <summary>Makes a rename in this folder outlast a power cut; a rename alone may still be undone by one.</summary>
    public static void FlushDirectory(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var descriptor = Posix.Open(Encoding.UTF8.GetBytes(path + '\0'), Posix.ReadOnly);
        if (descriptor < 0)
        {
            throw new IOException($"The folder could not be opened to be flushed (error {Marshal.GetLastPInvokeError()}).");
        }

        try
        {
            // Some network file systems know no such call on a folder: what they promise then is theirs to keep.
            _ = Posix.Fsync(descriptor);
        }
        finally
        {
            _ = Posix.Close(descriptor);
        }
    }

    private static class Posix
    {
        public const int ReadOnly = 0;

        [DllImport("libc", EntryPoint = "open", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int Open(byte[] path, int flags);

        [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int Fsync(int descriptor);

        [DllImport("libc", EntryPoint = "close", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int Close(int descriptor);
    }
}
