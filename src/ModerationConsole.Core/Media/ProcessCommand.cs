using System.Diagnostics;
using System.Globalization;

namespace ModerationConsole.Core.Media;

/// <summary>What a child process may cost.</summary>
/// <param name="Time">Wall clock.</param>
/// <param name="OutputBytes">What it may write to its standard output.</param>
internal sealed record ProcessLimits(TimeSpan Time, int OutputBytes)
{
    /// <summary>Largest file it may write.</summary>
    public long FileBytes { get; init; } = 64L << 20;

    /// <summary>What it and its children may hold in memory together.</summary>
    public long ResidentBytes { get; init; } = 768L << 20;
}

/// <summary>One run of a program on hostile input.</summary>
internal sealed record ProcessJob(string Program, IReadOnlyList<string> Arguments, ProcessLimits Limits)
{
    /// <summary>The one file it reads, if any.</summary>
    public RenderFile? Input { get; init; }

    /// <summary>The one file it writes, if any; it must exist already.</summary>
    public RenderFile? Output { get; init; }

    /// <summary>Whether it runs in a sandbox.</summary>
    public bool Sandboxed { get; init; }
}

/// <summary>Words a job as a command: limits first, then the sandbox, then the program. No shell reads it.</summary>
internal static class ProcessCommand
{
    private const string Prlimit = "/usr/bin/prlimit";
    private const long AddressSpaceBytes = 1L << 30;
    private const int ProcessorSecondsPerSecond = 4;

    public static ProcessStartInfo Describe(string path, ProcessJob job, string folder)
    {
        var home = job.Sandboxed ? Sandbox.Home : folder;
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
        start.Environment["HOME"] = home;
        start.Environment["TMPDIR"] = home;
        if (OperatingSystem.IsWindows())
        {
            start.Environment["SystemRoot"] = systemRoot;
        }

        string[] command = [.. Limits(job.Limits), .. job.Sandboxed ? Sandbox.Command(path, job) : [], path, .. job.Arguments];
        start.FileName = command[0];
        foreach (var argument in command.AsSpan(1))
        {
            start.ArgumentList.Add(argument);
        }

        return start;
    }

    private static IEnumerable<string> Limits(ProcessLimits limits)
    {
        if (!File.Exists(Prlimit))
        {
            return [];
        }

        var processorSeconds = ProcessorSecondsPerSecond * (long)Math.Ceiling(limits.Time.TotalSeconds);
        return
        [
            Prlimit, Invariant($"--as={AddressSpaceBytes}"), Invariant($"--fsize={limits.FileBytes}"),
            Invariant($"--cpu={processorSeconds}"), "--core=0", "--",
        ];
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
