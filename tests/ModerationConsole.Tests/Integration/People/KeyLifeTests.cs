using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Inbox;
using ModerationConsole.Core.People;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.People;

/// <summary>How keys are made, bounded, replaced and ended.</summary>
public sealed class KeyLifeTests : IAsyncLifetime
{
    private TestConsole _console = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private DateTimeOffset Now => _console.Clock.GetUtcNow();

    public async ValueTask InitializeAsync() => _console = await TestConsole.StartAsync();

    public ValueTask DisposeAsync() => _console.DisposeAsync();

    [Theory]
    [InlineData(0, CreateKeyOutcome.EndInvalid)]
    [InlineData(-1, CreateKeyOutcome.EndInvalid)]
    [InlineData(1, CreateKeyOutcome.Created)]
    [InlineData(731, CreateKeyOutcome.Created)]
    [InlineData(732, CreateKeyOutcome.EndInvalid)]
    [InlineData(null, CreateKeyOutcome.EndInvalid)]
    public async Task Key_EndsInTheFutureAndWithinTwoYears(int? days, CreateKeyOutcome outcome) =>
        Assert.Equal(outcome, (await MakeAsync(wish => wish with { ExpiresAt = days is { } count ? Now.AddDays(count) : null })).Outcome);

    [Fact]
    public async Task Key_WithoutAnEnd_IsMadeWhereTheSettingsAllowIt()
    {
        await using TestConsole console = await TestConsole.StartAsync(new() { ["Keys:MayNeverExpire"] = "true" });

        CreatedKey key = await console.Use<CreateApiKey>().RunAsync(Caller.System, new NewApiKey("test", [Permission.SubmitItems], ExpiresAt: null), Cancel);

        Assert.Equal(CreateKeyOutcome.Created, key.Outcome);
        console.Clock.Advance(TimeSpan.FromDays(3_000));
        Assert.NotNull((await console.Use<AuthenticateApiKey>().RunAsync(key.Key, from: null, Cancel)).Program);
    }

    [Theory]
    [InlineData(0, "", CreateKeyOutcome.RateInvalid)]
    [InlineData(100_001, "", CreateKeyOutcome.RateInvalid)]
    [InlineData(5, "nowhere", CreateKeyOutcome.NetworksInvalid)]
    public async Task Key_WithALimitThatIsNone_IsNotMade(int rate, string networks, CreateKeyOutcome outcome) =>
        Assert.Equal(outcome, (await MakeAsync(wish => wish with { RequestsPerSecond = rate, Networks = networks })).Outcome);

    [Fact]
    public async Task Successor_OpensTheSameAndStandsInOneLineWithTheOldKey()
    {
        CreatedKey old = await MakeAsync(wish => wish with { RequestsPerSecond = 7, Networks = "203.0.113.0/24" });
        CreatedKey other = await MakeAsync(wish => wish with { Name = "other" });
        _console.Clock.Advance(TimeSpan.FromDays(1));

        RotatedKey rotated = await RotateAsync(old.Id);

        KeyLine[] lines = [.. await _console.Use<ListApiKeys>().RunAsync(Caller.System, Cancel)];
        Assert.Equal([rotated.Id, old.Id, other.Id], lines.Select(line => line.Id));
        Assert.Equal([rotated.Id, rotated.Id, other.Id], lines.Select(line => line.LineId));
        Assert.Equal((lines[1].Name, lines[1].RequestsPerSecond, lines[1].Networks), (lines[0].Name, lines[0].RequestsPerSecond, lines[0].Networks));
        Assert.Equal(lines[1].Scopes, lines[0].Scopes);
        Assert.Equal((Now.AddDays(1), rotated.Id), (lines[1].ExpiresAt, lines[1].SuccessorId));
        AuditEntry entry = await _console.ReadAsync(db => db.Set<AuditEntry>().SingleAsync(row => row.Act == AuditAct.KeyRotated, Cancel));
        Assert.Equal(old.Id.ToString(), entry.Subject);
        Assert.Equal(rotated.Id.ToString(), JsonDocument.Parse(entry.Details).RootElement.GetProperty("successor").GetString());
    }

    [Fact]
    public async Task Successor_OfAKeyThatIsOverReplacedOrNowhere_IsNotMade()
    {
        CreatedKey key = await MakeAsync();
        Assert.Equal(RotateKeyOutcome.OverlapInvalid, (await RotateAsync(key.Id, TimeSpan.FromDays(7) + TimeSpan.FromSeconds(1))).Outcome);
        Assert.Equal(RotateKeyOutcome.OverlapInvalid, (await RotateAsync(key.Id, TimeSpan.FromSeconds(-1))).Outcome);
        Assert.Equal(RotateKeyOutcome.EndInvalid, (await RotateAsync(key.Id, days: 0)).Outcome);
        Assert.Equal(RotateKeyOutcome.NotFound, (await RotateAsync(Guid.NewGuid())).Outcome);
        Assert.Equal(RotateKeyOutcome.Rotated, (await RotateAsync(key.Id)).Outcome);
        Assert.Equal(RotateKeyOutcome.HasSuccessor, (await RotateAsync(key.Id)).Outcome);
        CreatedKey revoked = await MakeAsync();
        await _console.Use<RevokeApiKey>().RunAsync(Caller.System, revoked.Id, Cancel);
        Assert.Equal(RotateKeyOutcome.Over, (await RotateAsync(revoked.Id)).Outcome);
        Assert.Equal(ChangeKeyOutcome.Over, await _console.Use<ChangeApiKey>().RunAsync(Caller.System, revoked.Id, "test", null, "", Cancel));
        CreatedKey ended = await MakeAsync(wish => wish with { ExpiresAt = Now.AddDays(1) });
        _console.Clock.Advance(TimeSpan.FromDays(1));

        Assert.Equal(RotateKeyOutcome.Over, (await RotateAsync(ended.Id)).Outcome);
    }

    [Fact]
    public async Task OldKey_ThatEndsBeforeTheOverlap_IsNotProlonged()
    {
        CreatedKey key = await MakeAsync(wish => wish with { ExpiresAt = Now.AddHours(1) });

        Assert.Equal(Now.AddHours(1), (await RotateAsync(key.Id)).OldEndsAt);
    }

    [Fact]
    public async Task Key_AboutToEnd_IsToldTwoWeeksAndThreeDaysBeforeToThoseWhoManageKeys()
    {
        Caller admin = await _console.PersonAsync(Roles.Admin);
        Caller moderator = await _console.PersonAsync();
        CreatedKey key = await MakeAsync(wish => wish with { Name = "platform", ExpiresAt = Now.AddDays(30) });
        _console.Clock.Advance(TimeSpan.FromDays(16) - TimeSpan.FromSeconds(1));
        Assert.Empty(await InboxAsync(admin));
        _console.Clock.Advance(TimeSpan.FromSeconds(1));

        InboxEntry first = Assert.Single(await InboxAsync(admin));

        Assert.Equal((InboxKind.KeyEnding, "platform", key.Id.ToString(), Now.AddDays(14)), (first.Kind, first.Name, first.Subject, first.DueAt));
        Assert.Empty(await InboxAsync(moderator));
        await _console.Use<CloseInboxItem>().RunAsync(admin, first.Key, first.Kind, Cancel);
        _console.Clock.Advance(TimeSpan.FromDays(11) - TimeSpan.FromSeconds(1));
        Assert.Empty(await InboxAsync(admin));
        _console.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(first.Key, Assert.Single(await InboxAsync(admin)).Key);
        await RotateAsync(key.Id);
        Assert.Empty(await InboxAsync(admin));
    }

    [Fact]
    public async Task Flood_FromAnAddressThatTheKeyIsNotFor_FillsNoAudit()
    {
        CreatedKey key = await MakeAsync(wish => wish with { Networks = "203.0.113.0/24" });
        for (int i = 0; i < 50; i++)
        {
            Assert.True((await AskAsync(key.Key)).AddressRefused);
        }

        Assert.Equal(["""{"from":"192.0.2.0/24","sinceLast":0}"""], await RefusalsAsync());
        _console.Clock.Advance(TimeSpan.FromMinutes(1));
        await AskAsync(key.Key);

        Assert.Equal(["""{"from":"192.0.2.0/24","sinceLast":0}""", """{"from":"192.0.2.0/24","sinceLast":49}"""], await RefusalsAsync());
    }

    private Task<CreatedKey> MakeAsync(Func<NewApiKey, NewApiKey>? differs = null)
    {
        NewApiKey usual = new("test", [Permission.SubmitItems, Permission.ReadCases], Now.AddDays(90));
        return _console.Use<CreateApiKey>().RunAsync(Caller.System, differs?.Invoke(usual) ?? usual, Cancel);
    }

    private Task<RotatedKey> RotateAsync(Guid keyId, TimeSpan? overlap = null, int days = 90) =>
        _console.Use<RotateApiKey>().RunAsync(Caller.System, keyId, overlap ?? TimeSpan.FromDays(1), Now.AddDays(days), Cancel);

    private Task<KeyAnswer> AskAsync(string key) => _console.Use<AuthenticateApiKey>().RunAsync(key, IPAddress.Parse("192.0.2.77"), Cancel);

    private Task<IReadOnlyList<InboxEntry>> InboxAsync(Caller caller) => _console.Use<ListInbox>().RunAsync(caller, Cancel);

    private Task<List<string>> RefusalsAsync() => _console.ReadAsync(db => db.Set<AuditEntry>()
        .Where(row => row.Act == AuditAct.KeyAddressRefused).OrderBy(row => row.At).Select(row => row.Details).ToListAsync(Cancel));
}
