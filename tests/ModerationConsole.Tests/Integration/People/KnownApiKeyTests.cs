using ModerationConsole.Core.Access;
using ModerationConsole.Core.People;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.People;

/// <summary>Keys that a node remembers, revoked on this node and on another.</summary>
public sealed class KnownApiKeyTests(SqliteFiles server) : IClassFixture<SqliteFiles>, IAsyncLifetime
{
    private TestConsole _here = null!;
    private TestConsole _there = null!;
    private CreatedKey _key = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Dictionary<string, string?> database = await server.EmptyAsync();
        _here = await TestConsole.StartAsync(database);
        _there = await TestConsole.StartAsync(database);
        _key = await _here.Use<CreateApiKey>().RunAsync(Caller.System, "test", [Permission.SubmitItems], Cancel);
        Assert.NotNull(await OpensAsync(_here));
        Assert.NotNull(await OpensAsync(_there));
    }

    public async ValueTask DisposeAsync()
    {
        await _here.DisposeAsync();
        await _there.DisposeAsync();
    }

    [Fact]
    public async Task Revoked_OnThisNode_OpensNothingAtOnce()
    {
        await RevokeAsync();

        Assert.Null(await OpensAsync(_here));
    }

    [Fact]
    public async Task Revoked_OnAnotherNode_OpensNothingASecondLater()
    {
        await RevokeAsync();
        _there.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Null(await OpensAsync(_there));
    }

    [Fact]
    public async Task Revoked_WhileItIsRead_IsNotRememberedAsOpen()
    {
        KnownApiKeys known = new(_here.Clock);
        ApiKey row = new() { Hash = [1], RevokedAt = null };
        await known.GetAsync(
            row.Hash,
            _ =>
            {
                known.Forget();
                return Task.FromResult<ApiKey?>(row);
            },
            Cancel);

        int reads = 0;
        await known.GetAsync(
            row.Hash,
            _ =>
            {
                reads++;
                return Task.FromResult<ApiKey?>(null);
            },
            Cancel);

        Assert.Equal(1, reads);
    }

    private Task<Caller?> OpensAsync(TestConsole console) => console.Use<AuthenticateApiKey>().RunAsync(_key.Key, Cancel);

    private async Task RevokeAsync() =>
        Assert.Equal(RevokeKeyOutcome.Revoked, await _here.Use<RevokeApiKey>().RunAsync(Caller.System, _key.Id, Cancel));
}
