using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Inbox;
using ModerationConsole.Core.Oversight.Glass;
using ModerationConsole.Core.People;
using ModerationConsole.Core.People.Glass;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Oversight;

/// <summary>Another role for a while: taken with a reason, told to auditors, over by itself, reviewed by someone else.</summary>
public sealed class BreakGlassTests : IAsyncLifetime
{
    private TestConsole _console = null!;
    private Caller _admin = null!;
    private Caller _auditor = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _console = await TestConsole.StartAsync();
        (_admin, _auditor) = (await _console.PersonAsync(Roles.Admin), await _console.PersonAsync(Roles.Auditor));
    }

    public ValueTask DisposeAsync() => _console.DisposeAsync();

    [Fact]
    public async Task Role_Taken_CountsAtOnceAndIsToldToAuditors_AndIsOverByItselfWithinItsTime()
    {
        Assert.DoesNotContain(Permission.ReviewCases, await HeldAsync());
        Assert.Equal(BreakGlassOutcome.Broken, await BreakAsync(minutes: 60));

        Assert.Superset(Roles.PermissionsOf(Roles.Lead).ToHashSet(), (await HeldAsync()).ToHashSet());
        Assert.Contains(Permission.ManagePeople, await HeldAsync());
        Myself me = (await _console.Use<GetMyself>().RunAsync(_admin, Cancel))!;
        Assert.Equal((Roles.Lead, _console.Clock.Now().AddMinutes(60)), me.Taken);
        InboxEntry told = Assert.Single(await InboxAsync(_auditor));
        Assert.Equal((InboxKind.GlassBroken, Roles.Lead, me.DisplayName), (told.Kind, told.Subject, told.Name));
        AuditEntry entry = await EntryAsync(AuditAct.GlassBroken);
        Assert.Equal((_admin.Id, """{"minutes":60,"role":"Lead"}"""), (entry.ActorId!.Value, entry.Details));

        // Whether or not anything in the background runs.
        _console.Clock.Advance(TimeSpan.FromMinutes(60));
        Assert.DoesNotContain(Permission.ReviewCases, await HeldAsync());
        Assert.Null((await _console.Use<GetMyself>().RunAsync(_admin, Cancel))!.Taken);

        WatchGlass other = ActivatorUtilities.CreateInstance<WatchGlass>(_console.Services);
        await Task.WhenAll(_console.Get<WatchGlass>().RunOnceAsync(Cancel), other.RunOnceAsync(Cancel));
        Assert.Equal(CallerKind.System, (await EntryAsync(AuditAct.GlassEnded)).ActorKind);
        GlassRow over = Assert.Single(await ListAsync(_auditor));
        Assert.Equal((false, over.EndsAt), (over.On, over.EndedAt));
    }

    [Fact]
    public async Task Role_GivenBack_IsGoneAtOnce()
    {
        await BreakAsync();
        Assert.Equal(BreakGlassOutcome.OneIsOn, await BreakAsync(Roles.PolicyExpert));

        Assert.True(await _console.Use<EndGlass>().RunAsync(_admin, Cancel));

        Assert.DoesNotContain(Permission.ReviewCases, await _console.Get<IAccessGuard>().PermissionsOfAsync(_admin, Cancel));
        Assert.False(await _console.Use<EndGlass>().RunAsync(_admin, Cancel));
        Assert.Equal(_admin.Id, (await EntryAsync(AuditAct.GlassEnded)).ActorId);
        Assert.Equal(BreakGlassOutcome.Broken, await BreakAsync(Roles.PolicyExpert));
    }

    [Theory]
    [InlineData(Roles.Lead, 30, " \n", BreakGlassOutcome.ReasonRequired)]
    [InlineData(Roles.Lead, 0, "Nobody is there", BreakGlassOutcome.MinutesInvalid)]
    [InlineData(Roles.Lead, 61, "Nobody is there", BreakGlassOutcome.MinutesInvalid)]
    [InlineData("Nothing", 30, "Nobody is there", BreakGlassOutcome.RoleInvalid)]
    [InlineData(Roles.Admin, 30, "Nobody is there", BreakGlassOutcome.RoleInvalid)]
    [InlineData(Roles.Auditor, 30, "Nobody is there", BreakGlassOutcome.Apart)]
    public async Task Role_ThatMayNotBeTakenSo_IsRefused(string role, int minutes, string reason, BreakGlassOutcome expected)
    {
        Assert.Equal(expected, await _console.Use<BreakGlass>().RunAsync(_admin, role, minutes, reason, Cancel));
        Assert.Equal(BreakGlassOutcome.ReasonTooLong, await _console.Use<BreakGlass>().RunAsync(_admin, Roles.Lead, 30, new string('x', BreakGlass.LongestReason + 1), Cancel));
        Assert.Empty(await ListAsync(_auditor));
    }

    [Fact]
    public async Task Role_TakenWithAStaleProof_IsNot() => Assert.Equal(
        BreakGlassOutcome.ProveFirst,
        await _console.Use<BreakGlass>().RunAsync(Caller.Person(_admin.Id, Guid.CreateVersion7()), Roles.Lead, 30, "Nobody is there", Cancel));

    [Fact]
    public async Task Role_TakenTwiceAtOnce_IsTakenOnce()
    {
        BreakGlassOutcome[] both = await Task.WhenAll(BreakAsync(), BreakAsync(Roles.PolicyExpert));

        Assert.Equal([BreakGlassOutcome.Broken, BreakGlassOutcome.OneIsOn], both.Order());
        Assert.Single(await ListAsync(_auditor));
    }

    [Fact]
    public async Task Taken_StaysApartFromWhatIsGivenMeanwhile()
    {
        Caller person = await _console.PersonAsync(Roles.Analyst);
        await _console.WriteAsync(scope =>
        {
            scope.Db.Add(new GlassBreak { PersonId = person.Id, Ordinal = 1, Role = Roles.Lead, Reason = "Test", StartedAt = scope.Now, EndsAt = scope.Now.AddMinutes(10) });
            return Task.FromResult(0);
        });

        Assert.Equal(PersonOutcome.Apart, await _console.Use<SetRoles>().RunAsync(Caller.System, person.Id, [Roles.Auditor], Cancel));
        _console.Clock.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal(PersonOutcome.Done, await _console.Use<SetRoles>().RunAsync(Caller.System, person.Id, [Roles.Auditor], Cancel));
    }

    [Fact]
    public async Task Review_IsWrittenOnceItIsOver_ByAnotherAuditor()
    {
        // An auditor who may break glass, by settings that let duties meet.
        await _console.WriteAsync(async scope =>
        {
            scope.Db.Add(new GlassBreak { PersonId = _auditor.Id, Ordinal = 1, Role = Roles.Analyst, Reason = "Test", StartedAt = scope.Now, EndsAt = scope.Now.AddMinutes(10) });
            return await Task.FromResult(0);
        });
        Caller second = await _console.PersonAsync(Roles.Auditor);
        Guid id = Assert.Single(await ListAsync(second)).Id;
        Assert.Empty(await InboxAsync(_auditor));

        Assert.Equal(CloseGlassOutcome.StillOn, await CloseAsync(second, id, "Fine"));
        _console.Clock.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal(CloseGlassOutcome.OwnGlass, await CloseAsync(_auditor, id, "Fine"));
        Assert.Equal(CloseGlassOutcome.NoteRequired, await CloseAsync(second, id, " "));
        Assert.Equal(CloseGlassOutcome.NoteTooLong, await CloseAsync(second, id, new string('x', CloseGlass.LongestNote + 1)));
        Assert.Single(await InboxAsync(second));
        Assert.Equal(CloseGlassOutcome.Closed, await CloseAsync(second, id, " Nobody else was awake "));
        Assert.Equal(CloseGlassOutcome.NotOpen, await CloseAsync(second, id, "Again"));

        Assert.Equal("Nobody else was awake", Assert.Single(await ListAsync(second)).Note);
        Assert.Empty(await InboxAsync(second));
        AuditEntry entry = await EntryAsync(AuditAct.GlassReviewed);
        Assert.DoesNotContain("awake", entry.Details, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("481")]
    public async Task Setting_OutOfBounds_IsRefusedByItsName(string minutes)
    {
        await using TestConsole console = await TestConsole.StartAsync(new() { ["BreakGlass:Minutes"] = minutes });

        OptionsValidationException refused = Assert.Throws<OptionsValidationException>(() => console.Get<IOptions<GlassOptions>>().Value);

        Assert.StartsWith("BreakGlass:Minutes must be between", refused.Message, StringComparison.Ordinal);
    }

    private Task<BreakGlassOutcome> BreakAsync(string role = Roles.Lead, int minutes = 30) =>
        _console.Use<BreakGlass>().RunAsync(_admin, role, minutes, " The lead is ill ", Cancel);

    private Task<CloseGlassOutcome> CloseAsync(Caller by, Guid id, string note) => _console.Use<CloseGlass>().RunAsync(by, id, note, Cancel);

    private Task<IReadOnlyList<GlassRow>> ListAsync(Caller by) => _console.Use<ListGlass>().RunAsync(by, Cancel);

    private Task<IReadOnlyList<InboxEntry>> InboxAsync(Caller by) => _console.Use<ListInbox>().RunAsync(by, Cancel);

    private Task<AuditEntry> EntryAsync(AuditAct act) => _console.ReadAsync(db => db.Set<AuditEntry>().SingleAsync(row => row.Act == act, Cancel));

    private async Task<IReadOnlySet<Permission>> HeldAsync()
    {
        _console.Get<IAccessGuard>().Forget(_admin.Id);
        return await _console.Get<IAccessGuard>().PermissionsOfAsync(_admin, Cancel);
    }
}
