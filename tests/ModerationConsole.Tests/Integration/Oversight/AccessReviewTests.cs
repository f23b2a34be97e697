using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Inbox;
using ModerationConsole.Core.Oversight.Reviews;
using ModerationConsole.Core.People;
using ModerationConsole.Core.People.Sessions;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Oversight;

/// <summary>Reviews of who may do what: listed, attested or taken by someone else, expired where nobody did.</summary>
public sealed class AccessReviewTests : IAsyncLifetime
{
    private TestConsole _console = null!;
    private Caller _admin = null!;
    private Caller _auditor = null!;
    private Caller _lead = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _console = await TestConsole.StartAsync(new() { ["Access:ReviewDays"] = "90", ["Access:ReviewDueDays"] = "10" });
        _admin = await _console.PersonAsync(Roles.Admin);
        _auditor = await _console.PersonAsync(Roles.Auditor);
        _lead = await _console.PersonAsync(Roles.Lead, own: Permission.ChildSafety);
    }

    public ValueTask DisposeAsync() => _console.DisposeAsync();

    [Fact]
    public async Task Review_OfEverything_ListsRolesPermissionsAndKeysWithTheirLastUse()
    {
        DateTimeOffset seen = _console.Clock.Now();
        await _console.WriteAsync(scope =>
        {
            scope.Db.Add(new PersonSession { PersonId = _lead.Id, StartedAt = seen, LastSeenAt = seen, ProvedAt = seen });
            return Task.FromResult(0);
        });
        await KeyAsync();
        await _console.Use<RevokeApiKey>().RunAsync(Caller.System, await KeyAsync(), Cancel);

        Assert.Equal(StartReviewOutcome.Started, await StartAsync(_auditor));
        Assert.Equal(StartReviewOutcome.OneIsOpen, await StartAsync(_admin));

        IReadOnlyList<ReviewLineRow> lines = await LinesAsync(_auditor);
        Assert.Equal([Roles.Lead, null], lines.Where(line => line.PersonId == _lead.Id).Select(line => line.Role));
        Assert.All(lines.Where(line => line.PersonId == _lead.Id), line => Assert.Equal(seen, line.LastUsedAt));
        Assert.Equal([Permission.ChildSafety], lines.Single(line => line.PersonId == _lead.Id && line.Role is null).Permissions);
        Assert.Contains(Permission.RunQuality, lines.Single(line => line.Role == Roles.Lead).Permissions);
        Assert.Equal([Permission.SubmitItems], Assert.Single(lines, line => line.PersonId is null).Permissions);
        Assert.True(lines.Single(line => line.PersonId == _auditor.Id).Own);
        Assert.Equal(5, lines.Count);

        // Told to those who answer, without what is their own, and again in the last days.
        InboxEntry told = Assert.Single(await InboxAsync(_auditor));
        Assert.Equal((InboxKind.AccessReviewDue, 4, seen.AddDays(10)), (told.Kind, told.Count, told.DueAt));
        await _console.Use<CloseInboxItem>().RunAsync(_auditor, told.Key, told.Kind, Cancel);
        Assert.Empty(await InboxAsync(_auditor));
        _console.Clock.Advance(TimeSpan.FromDays(8));
        Assert.Single(await InboxAsync(_auditor));
        Assert.Empty(await InboxAsync(_lead));
    }

    [Fact]
    public async Task Line_IsAnsweredOnceAndBySomeoneElse()
    {
        await StartAsync(_admin);
        Guid mine = await LineAsync(_auditor, Roles.Auditor);
        Assert.Equal(AnswerReviewOutcome.OwnAccess, await AnswerAsync(_auditor, mine, needed: true));
        Assert.Equal(AnswerReviewOutcome.OwnAccess, await AnswerAsync(Caller.System, mine, needed: true));
        Assert.Equal(AnswerReviewOutcome.Answered, await AnswerAsync(_admin, mine, needed: true));
        Assert.Equal(AnswerReviewOutcome.NotWaiting, await AnswerAsync(_admin, mine, needed: false));

        Guid lead = await LineAsync(_lead, Roles.Lead);
        Assert.Equal(AnswerReviewOutcome.Answered, await AnswerAsync(_auditor, lead, needed: false));
        Assert.Equal(AnswerReviewOutcome.LastAdmin, await AnswerAsync(_auditor, await LineAsync(_admin, Roles.Admin), needed: false));
        await _console.Use<SetPermission>().RunAsync(_admin, _lead.Id, Permission.ChildSafety, granted: false, Cancel);
        Assert.Equal(AnswerReviewOutcome.Gone, await AnswerAsync(_auditor, await LineAsync(_lead, role: null), needed: true));

        Assert.Empty(await HeldAsync(_lead));
        Assert.Contains(Permission.ViewAudit, await HeldAsync(_auditor));
        AuditEntry taken = await LastAsync(AuditAct.RoleRevoked);
        Assert.Equal((_auditor.Id, $"{_lead.Id}"), (taken.ActorId, taken.Subject));
        Assert.Equal(3, await CountAsync(AuditAct.AccessReviewed));
        // One line is left: the last administrator's, which someone attests, and the review is over.
        Assert.Null((await ReviewsAsync())[0].ClosedAt);
        Assert.Equal(AnswerReviewOutcome.Answered, await AnswerAsync(_auditor, await LineAsync(_admin, Roles.Admin), needed: true));
        AccessReviewRow over = (await ReviewsAsync())[0];
        Assert.Equal((2, 1, 0), (over.Attested, over.Taken, over.Waiting));
        Assert.NotNull(over.ClosedAt);
        Assert.Equal(1, await CountAsync(AuditAct.AccessReviewClosed));
    }

    [Fact]
    public async Task Unattested_ByItsDueDay_ExpiresOnceOnTwoNodes_ButForTheLastAdministrator()
    {
        Caller second = await _console.PersonAsync(Roles.Admin);
        await KeyAsync();
        await StartAsync(_admin);
        await AnswerAsync(_admin, await LineAsync(_auditor, Roles.Auditor), needed: true);
        WatchReviews other = ActivatorUtilities.CreateInstance<WatchReviews>(_console.Services);
        _console.Clock.Advance(TimeSpan.FromDays(10) - TimeSpan.FromSeconds(1));
        await WatchAsync();
        Assert.Contains(Permission.ReviewCases, await HeldAsync(_lead));

        _console.Clock.Advance(TimeSpan.FromSeconds(2));
        await Task.WhenAll(WatchAsync(), other.RunOnceAsync(Cancel));
        await Task.WhenAll(WatchAsync(), other.RunOnceAsync(Cancel));

        Assert.Empty(await HeldAsync(_lead));
        Assert.Contains(Permission.ViewAudit, await HeldAsync(_auditor));
        // Of two administrators whom nobody attested one is left.
        Assert.Single(new[] { await HeldAsync(_admin), await HeldAsync(second) }, held => held.Contains(Permission.ManagePeople));
        Assert.True(await _console.ReadAsync(db => db.Set<ApiKey>().AllAsync(key => key.RevokedAt != null, Cancel)));
        Assert.Equal(
            [ReviewLineState.Attested, ReviewLineState.Expired, ReviewLineState.Expired, ReviewLineState.Expired, ReviewLineState.Expired, ReviewLineState.Kept],
            (await LinesAsync(_auditor)).Select(line => line.State).Order());
        Assert.Equal((5, 2, 1, 1), (
            await CountAsync(AuditAct.AccessExpired), await CountAsync(AuditAct.RoleRevoked), await CountAsync(AuditAct.PermissionRevoked), await CountAsync(AuditAct.KeyRevoked)));
        Assert.NotNull((await ReviewsAsync())[0].ClosedAt);
    }

    [Fact]
    public async Task Expiry_ThatBreaksOffInThePastOfOnePerson_LeavesNobodyWithHalf()
    {
        await StartAsync(_admin);
        _console.Clock.Advance(TimeSpan.FromDays(11));
        await BreakAsync("CREATE TRIGGER broken BEFORE DELETE ON person_permission BEGIN SELECT RAISE(ABORT, 'broken'); END");

        await Assert.ThrowsAnyAsync<Exception>(WatchAsync);
        Assert.Contains(Permission.ReviewCases, await HeldAsync(_lead));
        Assert.DoesNotContain(Permission.ViewAudit, await HeldAsync(_auditor));

        await BreakAsync("DROP TRIGGER broken");
        await WatchAsync();
        Assert.Empty(await HeldAsync(_lead));
        Assert.NotNull((await ReviewsAsync())[0].ClosedAt);
    }

    [Fact]
    public async Task Setting_BeginsAReviewInTime_OnceOnTwoNodes()
    {
        WatchReviews other = ActivatorUtilities.CreateInstance<WatchReviews>(_console.Services);
        await Task.WhenAll(WatchAsync(), other.RunOnceAsync(Cancel));
        AccessReviewRow first = Assert.Single(await ReviewsAsync());
        Assert.Equal((1, null), (first.Number, first.StartedBy));

        _console.Clock.Advance(TimeSpan.FromDays(11));
        await WatchAsync();
        await WatchAsync();
        Assert.NotNull(Assert.Single(await ReviewsAsync()).ClosedAt);
        _console.Clock.Advance(TimeSpan.FromDays(80));
        await Task.WhenAll(WatchAsync(), other.RunOnceAsync(Cancel));

        Assert.Equal([2, 1], (await _console.Use<ListAccessReviews>().RunAsync(Caller.System, Cancel)).Select(review => review.Number));
    }

    [Fact]
    public async Task StaleProof_NeitherBeginsNorAnswers()
    {
        await StartAsync(_admin);
        Guid line = await LineAsync(_lead, Roles.Lead);
        Caller stale = Caller.Person(_auditor.Id, Guid.CreateVersion7());

        Assert.Equal(StartReviewOutcome.ProveFirst, await StartAsync(stale));
        Assert.Equal(AnswerReviewOutcome.ProveFirst, await AnswerAsync(stale, line, needed: false));
        Assert.Equal(AnswerReviewOutcome.ProveFirst, await AnswerAsync(stale, line, needed: true));
    }

    [Theory]
    [InlineData("Access:ReviewDays", "10")]
    [InlineData("Access:ReviewDays", "-1")]
    [InlineData("Access:ReviewDueDays", "0")]
    [InlineData("Access:ReviewDueDays", "91")]
    public async Task Setting_OutOfBounds_IsRefusedByItsName(string key, string value)
    {
        await using TestConsole console = await TestConsole.StartAsync(new() { [key] = value });

        OptionsValidationException refused = Assert.Throws<OptionsValidationException>(() => console.Get<IOptions<ReviewOptions>>().Value);

        Assert.Contains($"{key} must be", refused.Message, StringComparison.Ordinal);
    }

    private Task<StartReviewOutcome> StartAsync(Caller by) => _console.Use<StartAccessReview>().RunAsync(by, Cancel);

    private Task<AnswerReviewOutcome> AnswerAsync(Caller by, Guid line, bool needed) => _console.Use<AnswerReviewLine>().RunAsync(by, line, needed, Cancel);

    private Task WatchAsync() => _console.Get<WatchReviews>().RunOnceAsync(Cancel);

    private Task<IReadOnlyList<AccessReviewRow>> ReviewsAsync() => _console.Use<ListAccessReviews>().RunAsync(Caller.System, Cancel);

    private Task<IReadOnlyList<ReviewLineRow>> LinesAsync(Caller by) => _console.Use<ReadAccessReview>().RunAsync(by, 1, Cancel);

    private async Task<Guid> LineAsync(Caller whose, string? role) =>
        (await _console.Use<ReadAccessReview>().RunAsync(Caller.System, 1, Cancel)).Single(line => line.PersonId == whose.Id && line.Role == role).Id;

    private Task<IReadOnlyList<InboxEntry>> InboxAsync(Caller by) => _console.Use<ListInbox>().RunAsync(by, Cancel);

    private async Task<IReadOnlySet<Permission>> HeldAsync(Caller person)
    {
        _console.Get<IAccessGuard>().Forget(person.Id);
        return await _console.Get<IAccessGuard>().PermissionsOfAsync(person, Cancel);
    }

    private async Task<Guid> KeyAsync() => (await _console.Use<CreateApiKey>().RunAsync(
        Caller.System, new NewApiKey("platform", [Permission.SubmitItems], _console.Clock.Now().AddDays(300)), Cancel)).Id;

    private Task<int> BreakAsync(string sql) => _console.ReadAsync(db => db.Database.ExecuteSqlRawAsync(sql, Cancel));

    private Task<int> CountAsync(AuditAct act) => _console.ReadAsync(db => db.Set<AuditEntry>().CountAsync(row => row.Act == act, Cancel));

    private Task<AuditEntry> LastAsync(AuditAct act) =>
        _console.ReadAsync(db => db.Set<AuditEntry>().Where(row => row.Act == act).OrderByDescending(row => row.Number).FirstAsync(Cancel));
}
