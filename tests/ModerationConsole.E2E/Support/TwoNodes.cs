using ModerationConsole.Tests.Support;

namespace ModerationConsole.E2E.Support;

/// <summary>Two nodes of the program on one PostgreSQL, filled with the demo, behind nginx as the product ships it.</summary>
public sealed class TwoNodes : IAsyncLifetime
{
    private readonly string _data = Directory.CreateTempSubdirectory("console-e2e-nodes-").FullName;
    private readonly List<SeparateConsole> _nodes = [];
    private NginxProxy? _proxy;

    /// <summary>The server of both.</summary>
    public SeparatePostgresServer Database { get; } = new();

    /// <summary>Where a browser opens it. Skips the test that asks where it cannot be had.</summary>
    public async Task<string> AddressAsync()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "There is no way to kill a process like this here.");
        if (_proxy is null)
        {
            string[] settings =
            [
                "--Database:Provider=PostgreSql", $"--ConnectionStrings:Console={await Database.DatabaseAsync()}", "--Database:WritePatienceSeconds=1",
            ];
            _nodes.Add(new SeparateConsole(_data, settings));
            _nodes.Add(new SeparateConsole(_data, [.. settings, "--Demo:Enabled=false"]));
            foreach (SeparateConsole node in _nodes)
            {
                await node.InitializeAsync();
            }

            _proxy = await NginxProxy.StartAsync(_nodes[0].Authority, _nodes[1].Authority);
        }

        return _proxy.Address;
    }

    /// <summary>The node that answered last, as <c>host:port</c>.</summary>
    public async Task<string> AnsweredAsync() => (await _proxy!.AnsweredByAsync())[^1].Split(", ")[^1];

    /// <summary>Kills a node for good.</summary>
    public Task KillAsync(string node) => _nodes.Single(one => one.Authority == node).KillAsync();

    public ValueTask InitializeAsync() => Database.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        if (_proxy is not null)
        {
            await _proxy.DisposeAsync();
        }

        foreach (SeparateConsole node in _nodes)
        {
            await node.DisposeAsync();
        }

        await Database.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }
}
