using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.People;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Api;

public sealed class ApiKeyTests(ItemsConsole fixture) : IClassFixture<ItemsConsole>
{
    private readonly WebConsole _console = fixture.Web;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("")]
    [InlineData("mc_nonsense")]
    [InlineData("nonsense")]
    public async Task Request_WithoutAGoodKey_IsUnauthenticated(string key)
    {
        JsonElement[] errors = await _console.PostAsync("items", PeerPayloads.Items, key).ErrorsAsync(HttpStatusCode.Unauthorized);

        Assert.Equal("/errors/authentication-failed-or-missing", Assert.Single(errors).GetProperty("type")[0].GetString());
    }

    [Fact]
    public async Task Request_WithARevokedKey_IsUnauthenticated()
    {
        CreatedKey key = await _console.KeyAsync(Permission.SubmitItems);
        Assert.Equal(HttpStatusCode.Accepted, (await _console.PostAsync("items/async", PeerPayloads.Items, key.Key)).StatusCode);

        await _console.Use<RevokeApiKey>().RunAsync(Caller.System, key.Id, Cancel);

        await _console.PostAsync("items/async", PeerPayloads.Items, key.Key).ErrorsAsync(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Request_WithoutTheScope_IsForbidden()
    {
        CreatedKey key = await _console.KeyAsync(Permission.ReadPolicies);

        JsonElement[] errors = await _console.PostAsync("items", PeerPayloads.Items, key.Key).ErrorsAsync(HttpStatusCode.Forbidden);

        Assert.Equal("/errors/authorization-failed", Assert.Single(errors).GetProperty("type")[0].GetString());
    }

    [Fact]
    public async Task Key_Made_IsToldOnceAndStoredAsItsHash()
    {
        CreatedKey key = await _console.KeyAsync(Permission.SubmitItems);

        Assert.Matches("^mc_[A-Za-z0-9_-]{43}$", key.Key);
        ApiKey row = await _console.ReadAsync(db => db.Set<ApiKey>().SingleAsync(row => row.Id == key.Id, Cancel));
        Assert.Equal(32, row.Hash.Length);
        Assert.DoesNotContain(key.Key, JsonSerializer.Serialize(row), StringComparison.Ordinal);
        Assert.StartsWith(row.Prefix, key.Key, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Key_Used_SaysWhenToTheMinute()
    {
        CreatedKey key = await _console.KeyAsync(Permission.SubmitItems);
        Assert.Null((await LineAsync(key.Id)).LastUsedAt);

        await _console.PostAsync("items/async", PeerPayloads.Items, key.Key);

        DateTimeOffset used = Assert.NotNull((await LineAsync(key.Id)).LastUsedAt);
        Assert.Equal(0, used.UtcTicks % TimeSpan.TicksPerMinute);
    }

    [Theory]
    [InlineData("", Permission.SubmitItems, CreateKeyOutcome.NameInvalid)]
    [InlineData("  ", Permission.SubmitItems, CreateKeyOutcome.NameInvalid)]
    [InlineData("name", Permission.ManagePeople, CreateKeyOutcome.ScopesInvalid)]
    [InlineData("name", Permission.ReviewCases, CreateKeyOutcome.ScopesInvalid)]
    public async Task Key_WithoutANameOrWithARightOfPeople_IsNotMade(string name, Permission scope, CreateKeyOutcome outcome) =>
        Assert.Equal(outcome, (await _console.Use<CreateApiKey>().RunAsync(Caller.System, name, [scope], Cancel)).Outcome);

    [Fact]
    public async Task TooManyRequests_OfOneKey_AreTurnedAwayAndOthersAreNot()
    {
        await using WebConsole console = await WebConsole.StartAsync(new() { ["Api:RequestsPerSecond"] = "1", ["Api:Burst"] = "5" });
        CreatedKey other = await console.KeyAsync(Permission.SubmitItems);

        HttpResponseMessage[] responses = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => console.PostAsync("items", "{}")));

        HttpResponseMessage turnedAway = responses.First(response => response.StatusCode == HttpStatusCode.TooManyRequests);
        Assert.Equal("1", turnedAway.Headers.RetryAfter?.ToString());
        await Task.FromResult(turnedAway).ErrorsAsync(HttpStatusCode.TooManyRequests);
        await console.PostAsync("items", "{}", other.Key).ErrorsAsync(HttpStatusCode.BadRequest);
    }

    private async Task<KeyLine> LineAsync(Guid id) =>
        (await _console.Use<ListApiKeys>().RunAsync(Caller.System, Cancel)).Single(line => line.Id == id);
}
