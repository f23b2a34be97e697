using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Api;

/// <summary>A running program that knows the peer's item types.</summary>
public sealed class ItemsConsole : IAsyncLifetime
{
    public WebConsole Web { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Web = await WebConsole.StartAsync();
        await Web.TakesItemsAsync();
    }

    public ValueTask DisposeAsync() => Web.DisposeAsync();
}
