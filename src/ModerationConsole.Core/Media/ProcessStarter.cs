using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ModerationConsole.Core.Media;

/// <summary>
/// Starts children one after another from one thread that never ends. A sandbox that is to die with its parent dies with
/// the parent's thread, and those of the pool come and go; and a handle that one child inherits must not meet another's start.
/// </summary>
internal static class ProcessStarter
{
    private static readonly BlockingCollection<Action> s_starts = [];

    static ProcessStarter()
    {
        Thread thread = new(() =>
        {
            foreach (var start in s_starts.GetConsumingEnumerable())
            {
                start();
            }
        })
        {
            IsBackground = true,
            Name = "media-process-starter",
        };
        thread.Start();
    }

    /// <summary>Starts the process; the handles are open in it under the same numbers, and in no other.</summary>
    /// <exception cref="System.ComponentModel.Win32Exception">It could not be started.</exception>
    public static Task StartAsync(Process process, IReadOnlyList<SafeFileHandle> inherited)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        s_starts.Add(() =>
        {
            try
            {
                Start(process, inherited);
                started.SetResult();
            }
#pragma warning disable CA1031 // whatever it is belongs to the one who asked; the thread lives on
            catch (Exception error)
#pragma warning restore CA1031
            {
                started.SetException(error);
            }
        });
        return started.Task;
    }

    private static void Start(Process process, IReadOnlyList<SafeFileHandle> inherited)
    {
        try
        {
            foreach (var handle in inherited)
            {
                Posix.KeepOnExec(handle, keep: true);
            }

            process.Start();
        }
        finally
        {
            foreach (var handle in inherited)
            {
                Posix.KeepOnExec(handle, keep: false);
            }
        }
    }

    private static class Posix
    {
        private const int SetFlags = 2;
        private const int CloseOnExec = 1;

        public static void KeepOnExec(SafeFileHandle handle, bool keep)
        {
            if (Control(handle, SetFlags, keep ? 0 : CloseOnExec) < 0)
            {
                throw new IOException($"A handle could not be passed on (error {Marshal.GetLastPInvokeError()}).");
            }
        }

        [DllImport("libc", EntryPoint = "fcntl", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        private static extern int Control(SafeFileHandle handle, int command, int argument);
    }
}
