using System.Net;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.People;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.People;

/// <summary>Keys that a node remembers, revoked, changed and replaced on this node and on another, and when their time is over.</summary>
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
        _key = await _here.Use<CreateApiKey>().RunAsync(
            Caller.System, new NewApiKey("test", [Permission.SubmitItems], _here.Clock.GetUtcNow().AddDays(30)), Cancel);
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
    public async Task BoundToOtherAddresses_IsRefusedAtOnceHereAndASecondLaterThere()
    {
        Assert.Equal(ChangeKeyOutcome.Changed, await _here.Use<ChangeApiKey>().RunAsync(Caller.System, _key.Id, "test", null, "198.51.100.0/24", Cancel));
        _there.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.True((await AskAsync(_here, _key.Key)).AddressRefused);
        Assert.True((await AskAsync(_there, _key.Key)).AddressRefused);
        Assert.NotNull((await AskAsync(_here, _key.Key, "::ffff:198.51.100.7")).Program);
        Assert.NotNull((await AskAsync(_there, _key.Key, "198.51.100.7")).Program);
    }

    [Fact]
    public async Task Replaced_GoesOnBesideItsSuccessorForAsLongAsWasChosen()
    {
        RotatedKey rotated = await _here.Use<RotateApiKey>().RunAsync(Caller.System, _key.Id, TimeSpan.FromHours(1), _here.Clock.GetUtcNow().AddDays(90), Cancel);
        Assert.Equal((RotateKeyOutcome.Rotated, _here.Clock.GetUtcNow().AddHours(1)), (rotated.Outcome, rotated.OldEndsAt));
        foreach (TestConsole node in new[] { _here, _there })
        {
            node.Clock.Advance(TimeSpan.FromHours(1) - TimeSpan.FromMilliseconds(1));
            Assert.NotNull(await OpensAsync(node));
            Assert.Equal([Permission.SubmitItems], (await AskAsync(node, rotated.Key)).Program!.Scopes);

            // It is remembered, and ends all the same.
            node.Clock.Advance(TimeSpan.FromMilliseconds(1));

            Assert.Null(await OpensAsync(node));
            Assert.NotNull((await AskAsync(node, rotated.Key)).Program);
        }
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

    private async Task<Caller?> OpensAsync(TestConsole console) => (await AskAsync(console, _key.Key)).Program;

    private static Task<KeyAnswer> AskAsync(TestConsole console, string key, string from = "192.0.2.1") =>
        console.Use<AuthenticateApiKey>().RunAsync(key, IPAddress.Parse(from), Cancel);

    private async Task RevokeAsync() =>
        Assert.Equal(RevokeKeyOutcome.Revoked, await _here.Use<RevokeApiKey>().RunAsync(Caller.System, _key.Id, Cancel));
}
