using System.Diagnostics;

namespace ModerationConsole.Tests.Support;

/// <summary>The program as a process of its own: for its exit codes, what it prints, and what becomes of its data when it is killed.</summary>
public sealed class ConsoleProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _errors;

    private ConsoleProcess(Process process)
    {
        _process = process;
        _output = process.StandardOutput.ReadToEndAsync();
        _errors = process.StandardError.ReadToEndAsync();
    }

    /// <summary>Whether it has ended.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>Starts the program over a data directory.</summary>
    public static ConsoleProcess Start(string dataDirectory, params string[] args)
    {
        ProcessStartInfo start = new("dotnet")
        {
            WorkingDirectory = dataDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "ModerationConsole.Web.dll"));
        foreach (string argument in (string[])[.. args, $"--Data:Directory={dataDirectory}", "--Demo:Enabled=false"])
        {
            start.ArgumentList.Add(argument);
        }

        return new ConsoleProcess(Process.Start(start)!);
    }

    /// <summary>Runs the program to its end.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(string dataDirectory, params string[] args)
    {
        await using ConsoleProcess process = Start(dataDirectory, args);
        return await process.EndAsync();
    }

    /// <summary>Ends it as a power failure would.</summary>
    public void Kill() => _process.Kill(entireProcessTree: true);

    /// <summary>Waits for its end.</summary>
    public async Task<(int ExitCode, string Output, string Errors)> EndAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (_process.ExitCode, await _output, await _errors);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            Kill();
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
    }
}
