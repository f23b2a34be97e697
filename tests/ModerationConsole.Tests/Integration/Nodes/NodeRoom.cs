using ModerationConsole.Core.Data.Nodes;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Nodes;

/// <summary>Two nodes over one database, each with a clock of its own that the test moves.</summary>
internal sealed class NodeRoom(TestConsole one, TestConsole other) : IAsyncDisposable
{
    public TestConsole One { get; } = one;

    public TestConsole Other { get; } = other;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Two nodes on a server; they share the folder of keys and media.</summary>
    /// <param name="with">Settings besides those that name the server.</param>
    public static async Task<NodeRoom> OnAsync(IDatabaseServer server, Dictionary<string, string?>? with = null)
    {
        Dictionary<string, string?> settings = new([.. with ?? [], .. await server.EmptyAsync()]);
        TestConsole one = await TestConsole.StartAsync(settings);
        return new NodeRoom(one, await TestConsole.StartAsync(new(settings) { ["Data:Directory"] = one.DataDirectory }));
    }

    /// <summary>Two processes' worth of console over one embedded database.</summary>
    public static async Task<NodeRoom> OnSqliteAsync()
    {
        TestConsole one = await TestConsole.StartAsync();
        return new NodeRoom(one, await TestConsole.StartAsync(new() { ["Data:Directory"] = one.DataDirectory }));
    }

    /// <summary>The node looks which duties are its own.</summary>
    public static Task LookAsync(TestConsole node) => node.Get<NodeDuties>().LookAsync(Cancel);

    /// <summary>So much time passes on these nodes, which look twice a second as they do when they run.</summary>
    public static async Task PassAsync(TimeSpan time, params TestConsole[] nodes)
    {
        TimeSpan step = TimeSpan.FromMilliseconds(500);
        for (TimeSpan passed = TimeSpan.Zero; passed < time; passed += step)
        {
            foreach (TestConsole node in nodes)
            {
                node.Clock.Advance(step);
                await LookAsync(node);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Other.DisposeAsync();
        await One.DisposeAsync();
    }
}
