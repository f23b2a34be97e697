using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text;

namespace ModerationConsole.Benchmarks.Circuits;

/// <summary>The program serving as a process of its own, so that what it holds is its own alone.</summary>
internal sealed class ServedConsole : IAsyncDisposable
{
    private const string Listening = "Now listening on: ";
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(90);

    private readonly Process _process;
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private readonly StringBuilder _said = new();

    private ServedConsole(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        process.Exited += (_, _) => _address.TrySetException(new InvalidOperationException($"The program ended: {_said}"));
        process.EnableRaisingEvents = true;
    }

    public HttpClient Http { get; } = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { Timeout = TimeSpan.FromSeconds(100) };

    public Uri Address { get; private set; } = null!;

    /// <summary>Starts it over a data directory, with more settings perhaps, and waits until it listens.</summary>
    public static async Task<ServedConsole> StartAsync(string data, IReadOnlyList<string>? settings = null)
    {
        string folder = AppContext.BaseDirectory;
        ProcessStartInfo start = new("dotnet",
        [
            "exec", "--depsfile", Path.Combine(folder, "ModerationConsole.Benchmarks.deps.json"),
            "--runtimeconfig", Path.Combine(folder, "ModerationConsole.Web.runtimeconfig.json"), Path.Combine(folder, "ModerationConsole.Web.dll"),
            "--urls=http://127.0.0.1:0", $"--Data:Directory={data}", "--Demo:Enabled=false",
            "--Logging:LogLevel:Default=Warning", "--Logging:LogLevel:Microsoft.Hosting.Lifetime=Information",
            // A desk stays as it is for as long as it is measured.
            "--Lease:Seconds=3600", "--Security:CircuitsPerPerson=100",
            .. settings ?? [],
        ])
        {
            WorkingDirectory = data,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        // A complaint says what went wrong.
        start.Environment["ASPNETCORE_DETAILEDERRORS"] = "true";
        start.Environment["ASPNETCORE_HOSTINGSTARTUPASSEMBLIES"] = typeof(BenchServer).Assembly.GetName().Name;
        ServedConsole console = new(Process.Start(start)!);
        console.Address = await console._address.Task.WaitAsync(s_patience);
        return console;
    }

    /// <summary>The cookie of a session of this person.</summary>
    public async Task<string> SessionAsync(BenchPerson person)
    {
        using HttpRequestMessage request = new(
            HttpMethod.Post, new Uri(Address, $"{BenchServer.Root}/session?id={person.Id}&stamp={Uri.EscapeDataString(person.Stamp)}&name={Uri.EscapeDataString(person.Name)}"));
        // All are asked for at once: as many lines left open would be closed after a minute, and then weigh in one reading and not in the other.
        request.Headers.ConnectionClose = true;
        using HttpResponseMessage response = await Http.SendAsync(request);
        return response.EnsureSuccessStatusCode().Headers.GetValues("Set-Cookie").First().Split(';')[0];
    }

    /// <summary>What it weighs after two aggressive collections.</summary>
    public async Task<Weight> WeighAsync() => (await Http.GetFromJsonAsync<Weight>(new Uri(Address, $"{BenchServer.Root}/memory")))!;

    /// <summary>Sends a report in and returns the moment of its commit.</summary>
    public async Task<long> ReportAsync(object report)
    {
        using HttpResponseMessage response = await Http.PostAsJsonAsync(new Uri(Address, $"{BenchServer.Root}/report"), report);
        return long.Parse(await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync(), CultureInfo.InvariantCulture);
    }

    /// <summary>Opens one page as one person.</summary>
    public Task<Circuit> OpenAsync(string path, string? cookie)
    {
        string root = path.StartsWith(BenchServer.Root, StringComparison.Ordinal) ? BenchServer.Root : "";
        UriBuilder hub = new(Address) { Scheme = "ws", Path = root + "/_blazor" };
        return Circuit.OpenAsync(Http, new Uri(Address, path), hub.Uri, cookie, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
        Http.Dispose();
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
        else if (line.StartsWith("fail:", StringComparison.Ordinal) || line.StartsWith("crit:", StringComparison.Ordinal))
        {
            Console.Error.WriteLine(line);
        }
    }
}
