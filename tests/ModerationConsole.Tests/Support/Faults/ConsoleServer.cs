using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace ModerationConsole.Tests.Support.Faults;

/// <summary>The program serving, as a process of its own that can be killed, stopped and weighed.</summary>
public sealed class ConsoleServer : IAsyncDisposable
{
    private const string Listening = "Now listening on: ";
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly Lock _gate = new();
    private readonly StringBuilder _said = new();
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ConsoleServer(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Where it listens; waits until it does.</summary>
    public Task<Uri> Address => _address.Task;

    /// <summary>What it printed, log lines included.</summary>
    public string Said
    {
        get
        {
            lock (_gate)
            {
                return _said.ToString();
            }
        }
    }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>The most memory it ever held, bytes.</summary>
    public long PeakMemory => File.ReadLines($"/proc/{Id}/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal)) is var line
        ? 1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture)
        : 0;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Starts it and does not wait.</summary>
    public static ConsoleServer Launch(ServerPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return new ConsoleServer(Process.Start(plan.Describe())!);
    }

    /// <summary>Starts it and waits until it listens.</summary>
    public static async Task<ConsoleServer> StartAsync(ServerPlan plan)
    {
        ConsoleServer server = Launch(plan);
        await server.ListensAsync();
        return server;
    }

    /// <summary>Waits until it listens; fails with what it said when it ends before.</summary>
    public async Task<Uri> ListensAsync()
    {
        Task ended = _process.WaitForExitAsync(Cancel);
        await Task.WhenAny(Address, ended).WaitAsync(s_patience, Cancel);
        Assert.True(Address.IsCompleted, $"The program did not start:\n{Said}");
        return await Address;
    }

    /// <summary>Ends it as <c>kill -9</c> does: it alone, at once; what it started lives on without it.</summary>
    public void Kill() => Signals.Send(Id, Signals.Kill);

    /// <summary>Asks it to end, as a service manager does.</summary>
    public void Terminate() => Signals.Send(Id, Signals.Terminate);

    /// <summary>Stops it in the middle of whatever it does, as a machine that hangs.</summary>
    public void Freeze() => Signals.Send(Id, Signals.Stop);

    /// <summary>Lets it go on where it was.</summary>
    public void Thaw() => Signals.Send(Id, Signals.Continue);

    /// <summary>Waits for its end and returns its exit code.</summary>
    public async Task<int> EndsAsync(TimeSpan? atMost = null)
    {
        await _process.WaitForExitAsync(Cancel).WaitAsync(atMost ?? s_patience, Cancel);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
    }

    private void Hear(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_gate)
        {
            _said.AppendLine(line);
        }

        int at = line.IndexOf(Listening, StringComparison.Ordinal);
        if (at >= 0)
        {
            _address.TrySetResult(new Uri(line[(at + Listening.Length)..].Trim()));
        }
    }

    private static class Signals
    {
        public const int Kill = 9;
        public const int Terminate = 15;
        public const int Continue = 18;
        public const int Stop = 19;

        public static void Send(int process, int signal) => Assert.Equal(0, SendSignal(process, signal));

        [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        private static extern int SendSignal(int process, int signal);
    }
}
