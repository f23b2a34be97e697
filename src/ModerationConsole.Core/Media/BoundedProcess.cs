using System.ComponentModel;
using System.Diagnostics;
using Microsoft.Win32.SafeHandles;

namespace ModerationConsole.Core.Media;

/// <summary>How a child process ended.</summary>
internal enum ProcessEnd
{
    /// <summary>By itself, whatever its exit code.</summary>
    Exited,

    /// <summary>There is no such program.</summary>
    Missing,

    /// <summary>Killed when its time was over.</summary>
    TimedOut,

    /// <summary>Killed when it wrote more than it may.</summary>
    TooMuchOutput,

    /// <summary>Killed when it and its children held more memory than they may.</summary>
    TooMuchMemory,
}

/// <summary>How it ended and what it wrote; the output is empty unless it exited.</summary>
internal sealed record ProcessResult(ProcessEnd End, int ExitCode, byte[] Output)
{
    private const int FirstSignal = 129;
    private const int LastSignal = 128 + 64;

    /// <summary>Ended by a signal: a crash, or a limit that the kernel enforced.</summary>
    public bool Crashed => End == ProcessEnd.Exited && ExitCode is >= FirstSignal and <= LastSignal;
}

/// <summary>
/// Runs a program on hostile input: bounded in time, memory and output, without input, secrets or a shell, and
/// killed with all its children when it is over.
/// </summary>
internal sealed class BoundedProcess(TimeProvider time)
{
    private const string FolderPrefix = "moderation-console-render-";

    // Real time, whatever clock the limits go by: memory is eaten in that.
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(100);

    public async Task<ProcessResult> RunAsync(ProcessJob job, CancellationToken cancellationToken)
    {
        if (ProgramPath.Find(job.Program) is not { } path)
        {
            return new ProcessResult(ProcessEnd.Missing, 0, []);
        }

        var folder = Directory.CreateTempSubdirectory(FolderPrefix);
        try
        {
            using var process = new Process { StartInfo = ProcessCommand.Describe(path, job, folder.FullName) };
            SafeFileHandle?[] handles = [job.Input?.Handle, job.Output?.Handle];
            // From before the child can do anything, so that its time is never longer than said.
            using var clock = new CancellationTokenSource(job.Limits.Time, time);
            try
            {
                await ProcessStarter.StartAsync(process, [.. handles.OfType<SafeFileHandle>()]).ConfigureAwait(false);
            }
            catch (Win32Exception)
            {
                return new ProcessResult(ProcessEnd.Missing, 0, []);
            }

            return await WatchAsync(process, job.Limits, clock.Token, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Remove(folder);
        }
    }

    /// <summary>Removes the folders that runs of a killed console left behind.</summary>
    public static void RemoveAbandoned(DateTimeOffset begunBefore)
    {
        foreach (var folder in new DirectoryInfo(Path.GetTempPath()).EnumerateDirectories(FolderPrefix + "*"))
        {
            if (folder.LastWriteTimeUtc < begunBefore.UtcDateTime)
            {
                Remove(folder);
            }
        }
    }

    private static void Remove(DirectoryInfo folder)
    {
        try
        {
            folder.Delete(recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A killed child may still be dying with a file half made; what is left lies in the system's temporary folder.
        }
    }

    private static async Task<ProcessResult> WatchAsync(
        Process process, ProcessLimits limits, CancellationToken timeIsOver, CancellationToken cancellationToken)
    {
        using var full = new CancellationTokenSource();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeIsOver, full.Token, cancellationToken);
        using var watch = new Timer(_ => Look(process, limits.ResidentBytes, full), null, s_look, s_look);
        try
        {
            process.StandardInput.Close();
            var errors = process.StandardError.BaseStream.CopyToAsync(Stream.Null, either.Token);
            var output = await ReadAsync(process.StandardOutput.BaseStream, limits.OutputBytes, either.Token)
                .ConfigureAwait(false);
            if (output is null)
            {
                return new ProcessResult(ProcessEnd.TooMuchOutput, 0, []);
            }

            await errors.WaitAsync(either.Token).ConfigureAwait(false);
            await process.WaitForExitAsync(either.Token).ConfigureAwait(false);
            return new ProcessResult(ProcessEnd.Exited, process.ExitCode, output);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ProcessResult(full.IsCancellationRequested ? ProcessEnd.TooMuchMemory : ProcessEnd.TimedOut, 0, []);
        }
        finally
        {
            await watch.DisposeAsync().ConfigureAwait(false);
            End(process);
        }
    }

    // Address space is limited by the kernel for each process; what a whole tree holds has to be looked at.
    private static void Look(Process process, long most, CancellationTokenSource full)
    {
        if (!full.IsCancellationRequested && ResidentMemory.OfTree(process.Id) > most)
        {
            full.Cancel();
        }
    }

    private static async Task<byte[]?> ReadAsync(Stream stream, int most, CancellationToken cancellationToken)
    {
        using var output = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (true)
        {
            // Waited for from outside too: a pipe that a stray grandchild holds open must not hold us.
            var count = await stream.ReadAsync(buffer, cancellationToken).AsTask().WaitAsync(cancellationToken)
                .ConfigureAwait(false);
            if (count == 0)
            {
                return output.ToArray();
            }

            if (output.Length + count > most)
            {
                return null;
            }

            output.Write(buffer, 0, count);
        }
    }

    private static void End(Process process)
    {
        try
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
        catch (Exception exception) when (exception is InvalidOperationException or Win32Exception)
        {
            // It ended between the question and the kill.
        }
    }
}
