using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
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
        Assert.Equal(outcome, (await _console.KeyAsync(wish => wish with { Name = name }, scope)).Outcome);

    [Fact]
    public async Task Request_WithAKeyThatHasEnded_IsAnsweredAsOneWithNone()
    {
        CreatedKey key = await _console.KeyAsync(Permission.SubmitItems);
        await _console.WriteAsync(scope => scope.Db.Set<ApiKey>().Where(row => row.Id == key.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.ExpiresAt, scope.Now), CancellationToken.None));

        Assert.Equal(await RefusalAsync("mc_nonsense"), await RefusalAsync(key.Key));
        Assert.Null((await LineAsync(key.Id)).LastUsedAt);
    }

    [Fact]
    public async Task Request_FromAnAddressThatTheKeyIsNotFor_IsForbiddenAndRecordedOnce()
    {
        CreatedKey key = await _console.KeyAsync(wish => wish with { Networks = "203.0.113.0/24 2001:db8::/32" }, Permission.SubmitItems);

        foreach (string? claimed in new[] { null, "203.0.113.9", "2001:db8::1" })
        {
            // Nobody trusts what a stranger says of where it comes from.
            using HttpRequestMessage request = new(HttpMethod.Post, "/api/v1/items") { Content = new StringContent("{}", new MediaTypeHeaderValue("application/json")) };
            request.Headers.Add("X-API-KEY", key.Key);
            request.Headers.TryAddWithoutValidation("X-Forwarded-For", claimed);
            JsonElement[] errors = await _console.Client.SendAsync(request, Cancel).ErrorsAsync(HttpStatusCode.Forbidden);
            Assert.Equal("This key is not for requests from this address.", Assert.Single(errors).GetProperty("detail").GetString());
        }

        AuditEntry entry = await _console.ReadAsync(db => db.Set<AuditEntry>().SingleAsync(row => row.Act == AuditAct.KeyAddressRefused && row.ActorId == key.Id, Cancel));
        Assert.Equal((CallerKind.ApiKey, key.Id.ToString()), (entry.ActorKind, entry.Subject));
        Assert.Null((await LineAsync(key.Id)).LastUsedAt);
    }

    [Fact]
    public async Task Request_FromAnAddressThatTheKeyIsFor_IsTaken()
    {
        CreatedKey key = await _console.KeyAsync(wish => wish with { Networks = "127.0.0.0/8, ::1" }, Permission.SubmitItems);

        Assert.Equal(HttpStatusCode.Accepted, (await _console.PostAsync("items/async", PeerPayloads.Items, key.Key)).StatusCode);
    }

    [Fact]
    public async Task TooManyRequests_ForAKeyWithALimitOfItsOwn_AreTurnedAwayAndOthersAreNot()
    {
        // Its burst is ten times that, as every key's is.
        CreatedKey slow = await _console.KeyAsync(wish => wish with { RequestsPerSecond = 1 }, Permission.SubmitItems);

        HttpResponseMessage[] responses = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => _console.PostAsync("items", "{}", slow.Key)));

        Assert.Contains(responses, response => response.StatusCode == HttpStatusCode.BadRequest);
        HttpResponseMessage turnedAway = responses.First(response => response.StatusCode == HttpStatusCode.TooManyRequests);
        Assert.Equal("1", turnedAway.Headers.RetryAfter?.ToString());
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => _console.PostAsync("items", "{}").ErrorsAsync(HttpStatusCode.BadRequest)));
        Assert.Equal(ChangeKeyOutcome.Changed, await _console.Use<ChangeApiKey>().RunAsync(Caller.System, slow.Id, "test", null, "", Cancel));
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => _console.PostAsync("items", "{}", slow.Key).ErrorsAsync(HttpStatusCode.BadRequest)));
    }

    private async Task<string> RefusalAsync(string key)
    {
        JsonElement error = Assert.Single(await _console.PostAsync("items", "{}", key).ErrorsAsync(HttpStatusCode.Unauthorized));
        return string.Join('\n', error.EnumerateObject().Where(member => member.Name != "requestId").Select(member => $"{member.Name}: {member.Value}"));
    }

    private async Task<KeyLine> LineAsync(Guid id) =>
        (await _console.Use<ListApiKeys>().RunAsync(Caller.System, Cancel)).Single(line => line.Id == id);
}
