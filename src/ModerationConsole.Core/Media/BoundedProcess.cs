using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

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
}

/// <summary>What a child process may cost.</summary>
internal sealed record ProcessLimits(TimeSpan Time, int OutputBytes);

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
    private const string Prlimit = "/usr/bin/prlimit";
    private const long AddressSpaceBytes = 1L << 30;
    private const long FileBytes = 64L << 20;
    private const int ProcessorSecondsPerSecond = 4;

    public async Task<ProcessResult> RunAsync(
        string program, IEnumerable<string> arguments, ProcessLimits limits, CancellationToken cancellationToken)
    {
        if (ProgramPath.Find(program) is not { } path)
        {
            return new ProcessResult(ProcessEnd.Missing, 0, []);
        }

        var folder = Directory.CreateTempSubdirectory("media-");
        try
        {
            using var process = new Process { StartInfo = Describe(path, arguments, limits, folder.FullName) };
            try
            {
                process.Start();
            }
            catch (Win32Exception)
            {
                return new ProcessResult(ProcessEnd.Missing, 0, []);
            }

            return await WatchAsync(process, limits, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Remove(folder);
        }
    }

    private static void Remove(DirectoryInfo folder)
    {
        try
        {
            folder.Delete(recursive: true);
        }
        catch (IOException)
        {
            // A killed child may still be dying with a file half made; what is left lies in the system's temporary folder.
        }
    }

    private async Task<ProcessResult> WatchAsync(
        Process process, ProcessLimits limits, CancellationToken cancellationToken)
    {
        using var clock = new CancellationTokenSource(limits.Time, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(clock.Token, cancellationToken);
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
            return new ProcessResult(ProcessEnd.TimedOut, 0, []);
        }
        finally
        {
            End(process);
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

    private static ProcessStartInfo Describe(
        string path, IEnumerable<string> arguments, ProcessLimits limits, string folder)
    {
        var start = new ProcessStartInfo
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // Nothing of our environment, where connection strings and keys may be, goes along.
        var systemRoot = Environment.GetEnvironmentVariable("SystemRoot");
        start.Environment.Clear();
        start.Environment["PATH"] = "/usr/local/bin:/usr/bin:/bin";
        start.Environment["LANG"] = "C.UTF-8";
        start.Environment["HOME"] = folder;
        start.Environment["TMPDIR"] = folder;
        if (OperatingSystem.IsWindows())
        {
            start.Environment["SystemRoot"] = systemRoot;
        }

        if (File.Exists(Prlimit))
        {
            start.FileName = Prlimit;
            var processorSeconds = ProcessorSecondsPerSecond * (long)Math.Ceiling(limits.Time.TotalSeconds);
            Add(Invariant($"--as={AddressSpaceBytes}"));
            Add(Invariant($"--fsize={FileBytes}"));
            Add(Invariant($"--cpu={processorSeconds}"));
            Add("--core=0");
            Add("--");
            Add(path);
        }
        else
        {
            start.FileName = path;
        }

        foreach (var argument in arguments)
        {
            Add(argument);
        }

        return start;

        void Add(string argument) => start.ArgumentList.Add(argument);
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
