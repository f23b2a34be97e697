using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Inbox;
using ModerationConsole.Core.People;
using ModerationConsole.Core.People.OwnRoles;
using ModerationConsole.Core.People.Second;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.People;

/// <summary>Roles that run the console or read the audit: one administrator asks, another agrees.</summary>
public sealed class SecondPersonTests : IAsyncLifetime
{
    private TestConsole _console = null!;
    private Caller _asker = null!;
    private Caller _second = null!;
    private Caller _person = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => StartAsync("Auto", admins: 2);

    public ValueTask DisposeAsync() => _console.DisposeAsync();

    [Theory]
    [InlineData(Roles.Admin)]
    [InlineData(Roles.Auditor)]
    [InlineData("Key keeper")]
    public async Task PowerfulRole_GivenByOneAdministrator_WaitsForAnotherWhoIsNotConcerned(string role)
    {
        await _console.Use<MakeRole>().RunAsync(_asker, "Key keeper", "", [Permission.ManageKeys], Cancel);

        Assert.Equal(PersonOutcome.Asked, await _console.Use<SetRoles>().RunAsync(_asker, _person.Id, [Roles.Analyst, role], Cancel));
        // What is not powerful is done at once; asking twice asks once.
        Assert.Equal([Roles.Analyst], await RolesAsync());
        Assert.Equal(PersonOutcome.Asked, await _console.Use<SetRoles>().RunAsync(_asker, _person.Id, [Roles.Analyst, role], Cancel));
        WaitingRole asked = Assert.Single(await _console.Use<ListRoleRequests>().RunAsync(_asker, Cancel));
        Assert.Equal((role, false), (asked.Role, asked.MayAgree));
        Assert.True(Assert.Single(await _console.Use<ListRoleRequests>().RunAsync(_second, Cancel)).MayAgree);

        InboxEntry told = Assert.Single(await _console.Use<ListInbox>().RunAsync(_second, Cancel));
        Assert.Equal((InboxKind.RoleAsked, role), (told.Kind, told.Subject));
        Assert.Empty(await _console.Use<ListInbox>().RunAsync(_asker, Cancel));

        Assert.Equal(RoleRequestResult.NotYours, await AnswerAsync(_asker, agree: true));
        Assert.Equal([Roles.Analyst], await RolesAsync());
        Assert.Equal(RoleRequestResult.Answered, await AnswerAsync(_second, agree: true));

        Assert.Equal(new[] { Roles.Analyst, role }.Order(), (await RolesAsync()).Order());
        Assert.Empty(await _console.Use<ListRoleRequests>().RunAsync(_second, Cancel));
        Assert.Empty(await _console.Use<ListInbox>().RunAsync(_second, Cancel));
        AuditEntry answer = await LastAsync(AuditAct.RoleAnswered);
        Assert.Equal(_second.Id, answer.ActorId);
        Assert.Contains($"\"askedBy\":\"{_asker.Id}\"", answer.Details, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhoeverWouldHoldTheRole_AgreesNotEvenAsAnAdministrator()
    {
        await _console.Use<MakeRole>().RunAsync(_asker, "Key keeper", "", [Permission.ManageKeys], Cancel);
        Caller third = await _console.PersonAsync(Roles.Admin);
        await _console.Use<SetRoles>().RunAsync(_asker, third.Id, [Roles.Admin, "Key keeper"], Cancel);

        Assert.Equal(RoleRequestResult.NotYours, await AnswerAsync(third, agree: true));
        Assert.Equal(RoleRequestResult.NotYours, await AnswerAsync(third, agree: false));
        Assert.Empty(await _console.Use<ListInbox>().RunAsync(third, Cancel));
        Assert.Equal(RoleRequestResult.NotYours, await AnswerAsync(Caller.System, agree: true));
    }

    [Fact]
    public async Task Request_Refused_GivesNothingAndCannotBeAgreedToAfterwards()
    {
        await _console.Use<SetRoles>().RunAsync(_asker, _person.Id, [Roles.Auditor], Cancel);
        Guid request = await WaitingAsync();

        Assert.Equal(RoleRequestResult.Answered, await _console.Use<AnswerRoleRequest>().RunAsync(_asker, request, agree: false, Cancel));

        Assert.Equal(RoleRequestResult.Gone, await _console.Use<AnswerRoleRequest>().RunAsync(_second, request, agree: true, Cancel));
        Assert.Empty(await RolesAsync());
    }

    [Fact]
    public async Task Request_WhoseGroundIsGone_IsNotGiven()
    {
        await _console.Use<SetRoles>().RunAsync(_asker, _person.Id, [Roles.Auditor], Cancel);
        await _console.Use<SetRoles>().RunAsync(Caller.System, _person.Id, [Roles.Moderator], Cancel);
        Assert.Equal(RoleRequestResult.Apart, await AnswerAsync(_second, agree: true));

        await _console.Use<SetRoles>().RunAsync(Caller.System, _person.Id, [], Cancel);
        await _console.Use<SetRoles>().RunAsync(Caller.System, _asker.Id, [Roles.Moderator], Cancel);
        Assert.Equal(RoleRequestResult.AskerGone, await AnswerAsync(_second, agree: true));

        await _console.Use<SetRoles>().RunAsync(Caller.System, _asker.Id, [Roles.Admin], Cancel);
        await _console.Use<DisablePerson>().RunAsync(Caller.System, _person.Id, Cancel);
        Assert.Equal(RoleRequestResult.NotGrantable, await AnswerAsync(_second, agree: true));
        Assert.Empty(await RolesAsync());
    }

    [Theory]
    [InlineData("Auto", 1, PersonOutcome.Done)]
    [InlineData("Always", 1, PersonOutcome.Asked)]
    [InlineData("Never", 2, PersonOutcome.Done)]
    public async Task Setting_SaysWhenASecondIsNeeded(string rule, int admins, PersonOutcome expected)
    {
        await _console.DisposeAsync();
        await StartAsync(rule, admins);

        Assert.Equal(expected, await _console.Use<SetRoles>().RunAsync(_asker, _person.Id, [Roles.Auditor], Cancel));
        Assert.Equal(PersonOutcome.Done, await _console.Use<SetRoles>().RunAsync(_asker, _person.Id, [Roles.Lead], Cancel));
    }

    [Fact]
    public async Task Person_AddedWithAPowerfulRole_HasTheOthersMeanwhile()
    {
        AddPersonOutcome added = await _console.Use<AddPerson>().RunAsync(_asker, new NewPerson("new@people.example", "New", [Roles.Lead, Roles.Admin]), Cancel);

        Assert.Equal((AddPersonResult.Added, true), (added.Result, added.Asked));
        _person = Caller.Person(added.PersonId);
        Assert.Equal([Roles.Lead], await RolesAsync());
        Assert.Equal(Roles.Admin, Assert.Single(await _console.Use<ListRoleRequests>().RunAsync(_second, Cancel)).Role);
    }

    [Fact]
    public async Task RoleMadeHere_ThatPeopleHoldOrWaitFor_BecomesPowerfulByNobodyAlone()
    {
        Guid held = (await _console.Use<MakeRole>().RunAsync(_asker, "Helper", "", [Permission.ViewInsights], Cancel)).RoleId;
        await _console.Use<SetRoles>().RunAsync(_asker, _person.Id, ["Helper"], Cancel);
        Guid awaited = (await _console.Use<MakeRole>().RunAsync(_asker, "Planner", "", [Permission.PlanShifts], Cancel)).RoleId;
        await _console.Use<SetRoles>().RunAsync(_asker, _person.Id, ["Helper", "Planner"], Cancel);

        Assert.Equal(OwnRoleResult.SecondPerson, (await ChangeAsync(held, Permission.ViewInsights, Permission.ManagePeople)).Result);
        Assert.Equal(OwnRoleResult.SecondPerson, (await ChangeAsync(awaited, Permission.PlanShifts, Permission.ManagePeople)).Result);
        Assert.DoesNotContain(Permission.ManagePeople, await _console.Get<IAccessGuard>().PermissionsOfAsync(_person, Cancel));
        Assert.Equal(OwnRoleResult.Saved, (await ChangeAsync(held, Permission.ViewInsights, Permission.ViewCases)).Result);
    }

    private async ValueTask StartAsync(string rule, int admins)
    {
        _console = await TestConsole.StartAsync(new() { ["Separation:SecondPerson"] = rule });
        _asker = await _console.PersonAsync(Roles.Admin);
        _second = admins > 1 ? await _console.PersonAsync(Roles.Admin) : _asker;
        _person = await _console.PersonAsync(Roles.Moderator);
        await _console.Use<SetRoles>().RunAsync(Caller.System, _person.Id, [], Cancel);
    }

    private async Task<RoleRequestResult> AnswerAsync(Caller caller, bool agree) => await _console.Use<AnswerRoleRequest>().RunAsync(caller, await WaitingAsync(), agree, Cancel);

    private Task<Guid> WaitingAsync() => _console.ReadAsync(db => db.Set<RoleRequest>().Where(row => row.State == RoleRequestState.Waiting).Select(row => row.Id).SingleAsync(Cancel));

    private Task<OwnRoleOutcome> ChangeAsync(Guid role, params Permission[] permissions) => _console.Use<ChangeRole>().RunAsync(_asker, role, "", permissions, Cancel);

    private Task<AuditEntry> LastAsync(AuditAct act) => _console.ReadAsync(db => db.Set<AuditEntry>().Where(entry => entry.Act == act).OrderByDescending(entry => entry.Number).FirstAsync(Cancel));

    private Task<List<string?>> RolesAsync() => _console.ReadAsync(db => (
        from link in db.UserRoles
        join role in db.Roles on link.RoleId equals role.Id
        where link.UserId == _person.Id
        select role.Name).ToListAsync(Cancel));
}
