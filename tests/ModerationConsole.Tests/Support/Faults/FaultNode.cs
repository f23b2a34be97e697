namespace ModerationConsole.Tests.Support.Faults;

/// <summary>One node of a run: started again whenever it was killed, with the moderators who work at it.</summary>
internal sealed class FaultNode(FaultScene scene, SendingPlatform platform, int place, Load load)
{
    private static readonly TimeSpan s_most = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan s_start = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan s_awake = TimeSpan.FromSeconds(5);

    // The last words of a program that ended by itself: as much as says why.
    private const int LastWords = 6_000;

    private const int MostWords = 40;

    private int _starts;
    private double _stretch = 1;

    /// <summary>The process that runs; null while none does.</summary>
    public ConsoleServer? Server { get; private set; }

    public string Journal => load.Journal;

    /// <summary>What it did that it never may.</summary>
    public List<string> Wrong { get; } = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Sees to it that it runs and listens.</summary>
    public async Task StartAsync(bool withModerators = true)
    {
        while (Server is null || Server.HasExited)
        {
            await EndAsync();
            ConsoleServer server = Launch(withModerators);
            Task<int> ended = server.EndsAsync(s_start);
            if (await Task.WhenAny(server.Address, ended) == ended)
            {
                await ended;
                await Task.Delay(1_000, Cancel);
            }
        }

        platform.Listens(place, await Server.Address);
    }

    /// <summary>Kills it after a while, most times once it listens, and leaves it dead for a while.</summary>
    public async Task KillAsync(PlannedFault fault)
    {
        int before = platform.Items.Count;
        if (fault.Kind == FaultKind.KillAmidStart)
        {
            await EndAsync();
            Launch(withModerators: true);
        }
        else
        {
            await StartAsync();
        }

        // Later where a slow machine got nothing done before.
        TimeSpan after = fault.After * _stretch;
        await Task.Delay(after < s_longest ? after : s_longest, Cancel);
        await EndAsync();
        _stretch = fault.Kind == FaultKind.Kill && platform.Items.Count == before ? 2 * _stretch : _stretch;
        await Task.Delay(fault.Lasts, Cancel);
    }

    /// <summary>Lets it stand still for a while, and then go on for a while.</summary>
    public async Task FreezeAsync(PlannedFault fault)
    {
        await StartAsync();
        await Task.Delay(fault.After, Cancel);
        ConsoleServer server = Server!;
        if (!server.HasExited)
        {
            server.Freeze();
            await Task.Delay(fault.Lasts, Cancel);
            server.Thaw();
            await Task.Delay(s_awake, Cancel);
        }
    }

    /// <summary>Asks it to end, which it does in time.</summary>
    public async Task StopAsync()
    {
        platform.Listens(place, null);
        Server!.Terminate();
        int code = await Server.EndsAsync(s_most);
        if (code != 0)
        {
            Ended(Server);
        }

        Server = null;
    }

    // Whoever finds it gone finds that it ended by itself.
    private async Task EndAsync()
    {
        platform.Listens(place, null);
        if (Server is not { } server)
        {
            return;
        }

        if (server.HasExited)
        {
            Ended(server);
        }
        else
        {
            server.Kill();
            await server.EndsAsync();
        }

        Server = null;
    }

    private ConsoleServer Launch(bool withModerators)
    {
        Server = scene.Launch(withModerators ? load with { Seed = load.Seed + (1_000 * ++_starts) } : null);
        return Server;
    }

    private void Ended(ConsoleServer server)
    {
        string said = server.Said;
        int from = Math.Max(said.LastIndexOf("Unhandled exception", StringComparison.Ordinal), said.LastIndexOf("crit:", StringComparison.Ordinal));
        from = from < 0 ? Math.Max(0, said.Length - LastWords) : from;
        // Of the way there only what is ours.
        string[] words = [.. said[from..].Split('\n').Where(line => !line.TrimStart().StartsWith("at ", StringComparison.Ordinal) || line.Contains("ModerationConsole", StringComparison.Ordinal))];
        Wrong.Add($"node {place + 1} ended by itself: {string.Join('\n', words.Take(MostWords))}");
    }
}
