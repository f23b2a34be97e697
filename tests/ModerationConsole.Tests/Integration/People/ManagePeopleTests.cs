using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Live;
using ModerationConsole.Core.People;
using ModerationConsole.Core.People.Sessions;
using ModerationConsole.Core.Queues;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.People;

public sealed class ManagePeopleTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Person_Added_HasAccountRolesAndAPseudonymAndIsAudited()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller admin = await console.PersonAsync(Roles.Admin);
        SaveTeamOutcome team = await console.Use<SaveTeam>().RunAsync(admin, null, "Night", null, Cancel);

        AddPersonOutcome outcome = await console.Use<AddPerson>().RunAsync(
            admin, new NewPerson(" new.person@people.example ", "New Person", [Roles.Moderator, Roles.Lead], team.TeamId, "de, en-GB,DE"), Cancel);

        Assert.Equal(AddPersonResult.Added, outcome.Result);
        Assert.Equal(16, outcome.OneTimePassword!.Length);
        PersonRow row = Assert.Single(await console.Use<ListPeople>().RunAsync(admin, Cancel), row => row.Id == outcome.PersonId);
        Assert.Equal("new.person@people.example", row.Email);
        Assert.Equal([Roles.Lead, Roles.Moderator], row.Roles);
        Assert.Equal(("Night", "de,en-GB"), (row.Team, row.Languages));
        Assert.Matches("^Moderator-[a-z2-9]{4}$", row.Pseudonym);
        Assert.Equal([AuditAct.PersonAdded, AuditAct.RoleGranted, AuditAct.RoleGranted], await ActsAboutAsync(console, outcome.PersonId));
        Assert.Equal(nameof(PersonChange.Added), await LastChangeAsync(console, outcome.PersonId));
    }

    [Theory]
    [InlineData("no address", "Name", "Moderator", "", null, AddPersonResult.InvalidEmail)]
    [InlineData("a@people.example", " ", "Moderator", "", null, AddPersonResult.InvalidDetails)]
    [InlineData("a@people.example", "Na\u0007me", "Moderator", "", null, AddPersonResult.InvalidDetails)]
    [InlineData("a@people.example", "Name", "Moderator", "not a language", null, AddPersonResult.InvalidDetails)]
    [InlineData("a@people.example", "Name", "King", "", null, AddPersonResult.UnknownRole)]
    [InlineData("a@people.example", "Name", "Moderator", "", "too short", AddPersonResult.PasswordRefused)]
    [InlineData("a@people.example", "Name", "Moderator", "", "aaaaaaaaaaaaaaaa", AddPersonResult.PasswordRefused)]
    public async Task Person_WithUnusableDetails_IsRefused(string email, string name, string role, string languages, string? password, AddPersonResult expected)
    {
        await using TestConsole console = await TestConsole.StartAsync();

        AddPersonOutcome outcome = await console.Use<AddPerson>().RunAsync(Caller.System, new NewPerson(email, name, [role], null, languages, password), Cancel);

        Assert.Equal(expected, outcome.Result);
        Assert.Equal(0, await console.ReadAsync(db => db.Set<Moderator>().CountAsync(Cancel)));
    }

    [Fact]
    public async Task Person_WithAnAddressThatIsTaken_IsRefusedWhateverItsCase()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        await AddAsync(console, "taken@people.example", Roles.Moderator);

        AddPersonOutcome outcome = await console.Use<AddPerson>().RunAsync(Caller.System, new NewPerson("TAKEN@people.example", "Other", [Roles.Moderator]), Cancel);

        Assert.Equal(AddPersonResult.EmailTaken, outcome.Result);
    }

    [Fact]
    public async Task Role_Removed_RefusesTheNextCommandAtOnce()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller admin = await console.PersonAsync(Roles.Admin);
        Guid person = await AddAsync(console, "lead@people.example", Roles.Lead);
        IAccessGuard guard = console.Get<IAccessGuard>();
        Assert.True(await guard.HasAsync(Caller.Person(person), Permission.ReassignTasks, Cancel));

        Assert.Equal(PersonOutcome.Done, await console.Use<SetRoles>().RunAsync(admin, person, [Roles.Moderator], Cancel));

        Assert.False(await guard.HasAsync(Caller.Person(person), Permission.ReassignTasks, Cancel));
        Assert.True(await guard.HasAsync(Caller.Person(person), Permission.ReviewCases, Cancel));
        Assert.Equal([AuditAct.PersonAdded, AuditAct.RoleGranted, AuditAct.RoleRevoked, AuditAct.RoleGranted], await ActsAboutAsync(console, person));
        Assert.Equal(nameof(PersonChange.Access), await LastChangeAsync(console, person));
    }

    [Fact]
    public async Task Role_RemovedOnAnotherNode_RefusesWithinTwoSeconds()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Guid person = await AddAsync(console, "lead@people.example", Roles.Lead);
        AccessGuard elsewhere = new(console.Contexts, console.Clock);
        Assert.True(await elsewhere.HasAsync(Caller.Person(person), Permission.ReassignTasks, Cancel));
        await console.Use<SetRoles>().RunAsync(Caller.System, person, [Roles.Moderator], Cancel);

        console.Clock.Advance(TimeSpan.FromSeconds(2));

        Assert.False(await elsewhere.HasAsync(Caller.Person(person), Permission.ReassignTasks, Cancel));
    }

    [Fact]
    public async Task Admin_ChangingThemselves_IsRefusedEachWay()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller admin = await console.PersonAsync(Roles.Admin);
        await console.PersonAsync(Roles.Admin);

        Assert.Equal(PersonOutcome.Oneself, await console.Use<SetRoles>().RunAsync(admin, admin.Id, [Roles.Moderator], Cancel));
        Assert.Equal(PersonOutcome.Oneself, await console.Use<SetPermission>().RunAsync(admin, admin.Id, Permission.ChildSafety, true, Cancel));
        Assert.Equal(PersonOutcome.Oneself, await console.Use<DisablePerson>().RunAsync(admin, admin.Id, Cancel));
        Assert.Equal(PersonOutcome.Oneself, (await console.Use<ResetPassword>().RunAsync(admin, admin.Id, Cancel)).Result);
        Assert.False(await console.Get<IAccessGuard>().HasAsync(admin, Permission.ChildSafety, Cancel));
    }

    [Fact]
    public async Task LastAdmin_RemovedOrDisabled_IsKept()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Guid last = await AddAsync(console, "admin@people.example", Roles.Admin);
        Guid disabled = await AddAsync(console, "former@people.example", Roles.Admin);
        Assert.Equal(PersonOutcome.Done, await console.Use<DisablePerson>().RunAsync(Caller.System, disabled, Cancel));

        Assert.Equal(PersonOutcome.LastAdmin, await console.Use<SetRoles>().RunAsync(Caller.System, last, [Roles.Lead], Cancel));
        Assert.Equal(PersonOutcome.LastAdmin, await console.Use<DisablePerson>().RunAsync(Caller.System, last, Cancel));

        Assert.True(await console.Get<IAccessGuard>().HasAsync(Caller.Person(last), Permission.ManagePeople, Cancel));
    }

    [Fact]
    public async Task ChildSafety_GivenByPerson_IsTheOnlyPermissionSoGiven()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller admin = await console.PersonAsync(Roles.Admin);
        Guid person = await AddAsync(console, "m@people.example", Roles.Moderator);
        IAccessGuard guard = console.Get<IAccessGuard>();

        Assert.Equal(PersonOutcome.Done, await console.Use<SetPermission>().RunAsync(admin, person, Permission.ChildSafety, true, Cancel));
        Assert.True(await guard.HasAsync(Caller.Person(person), Permission.ChildSafety, Cancel));
        Assert.Equal(PersonOutcome.Done, await console.Use<SetPermission>().RunAsync(admin, person, Permission.ChildSafety, false, Cancel));
        Assert.False(await guard.HasAsync(Caller.Person(person), Permission.ChildSafety, Cancel));
        foreach (Permission permission in Enum.GetValues<Permission>().Except([Permission.ChildSafety]))
        {
            Assert.Equal(PersonOutcome.NotGrantable, await console.Use<SetPermission>().RunAsync(admin, person, permission, true, Cancel));
        }

        Assert.Equal(
            [AuditAct.PersonAdded, AuditAct.RoleGranted, AuditAct.PermissionGranted, AuditAct.PermissionRevoked],
            await ActsAboutAsync(console, person));
    }

    [Fact]
    public async Task Person_Disabled_LosesSessionPermissionsAndLeasesInOneStep()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Guid person = await AddAsync(console, "m@people.example", Roles.Moderator);
        Caller caller = Caller.Person(person);
        CaseQueue queue = await console.QueueAsync([caller]);
        (_, ReviewTask task) = await console.CaseAsync(queue);
        await console.HoldAsync(caller, task);
        Session session = (await console.Use<SignIn>().RunAsync("m@people.example", Visitor.Password, Cancel)).Session!;
        Assert.True(await console.Get<SessionCheck>().IsCurrentAsync(session, Cancel));

        Assert.Equal(PersonOutcome.Done, await console.Use<DisablePerson>().RunAsync(Caller.System, person, Cancel));

        Assert.False(await console.Get<SessionCheck>().IsCurrentAsync(session, Cancel));
        Assert.Empty(await console.Get<IAccessGuard>().PermissionsOfAsync(caller, Cancel));
        Assert.Equal(0, await console.ReadAsync(db => db.Set<ActiveLease>().CountAsync(Cancel)));
        Assert.Equal(LeaseEnd.Revoked, await console.ReadAsync(db => db.Set<LeaseRecord>().Select(row => row.End).SingleAsync(Cancel)));
        // Enabled again, the old session stays dead.
        Assert.Equal(PersonOutcome.Done, await console.Use<EnablePerson>().RunAsync(Caller.System, person, Cancel));
        Assert.False(await console.Get<SessionCheck>().IsCurrentAsync(session, Cancel));
        Assert.Equal(SignInResult.SignedIn, (await console.Use<SignIn>().RunAsync("m@people.example", Visitor.Password, Cancel)).Result);
    }

    [Fact]
    public async Task SignOut_HoldingATask_GivesItBack()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller caller = Caller.Person(await AddAsync(console, "m@people.example", Roles.Moderator));
        (_, ReviewTask task) = await console.CaseAsync(await console.QueueAsync([caller]));
        await console.HoldAsync(caller, task);

        await console.Use<SignOut>().RunAsync(caller, null, Cancel);

        Assert.Equal(LeaseEnd.Released, await console.ReadAsync(db => db.Set<LeaseRecord>().Select(row => row.End).SingleAsync(Cancel)));
        Assert.Equal(1, await console.ReadAsync(db => db.Set<WaitingTask>().CountAsync(Cancel)));
    }

    [Fact]
    public async Task Team_Saved_IsListedWithItsLeadAndNameIsUnique()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller admin = await console.PersonAsync(Roles.Admin);
        Guid lead = await AddAsync(console, "lead@people.example", Roles.Lead);
        SaveTeamOutcome made = await console.Use<SaveTeam>().RunAsync(admin, null, "Day", lead, Cancel);
        await console.Use<SavePerson>().RunAsync(admin, lead, "Lead", made.TeamId, "en", Cancel);

        Assert.Equal(SaveTeamResult.NameTaken, (await console.Use<SaveTeam>().RunAsync(admin, null, " Day ", null, Cancel)).Result);
        Assert.Equal(SaveTeamResult.UnknownLead, (await console.Use<SaveTeam>().RunAsync(admin, made.TeamId, "Day", Guid.NewGuid(), Cancel)).Result);
        Assert.Equal(SaveTeamResult.UnknownTeam, (await console.Use<SaveTeam>().RunAsync(admin, Guid.NewGuid(), "Dusk", null, Cancel)).Result);
        Assert.Equal(SaveTeamResult.Saved, (await console.Use<SaveTeam>().RunAsync(admin, made.TeamId, "Day shift", lead, Cancel)).Result);
        Assert.Equal([new TeamRow(made.TeamId, "Day shift", lead, "Lead", 1)], await console.Use<ListTeams>().RunAsync(admin, Cancel));
    }

    [Fact]
    public async Task Myself_Saved_IsReadAgainAndNothingElseIs()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller caller = Caller.Person(await AddAsync(console, "m@people.example", Roles.Moderator));

        Assert.Equal(SaveMyselfOutcome.Saved, await console.Use<SaveMyself>().RunAsync(caller, new MySettings("dark", "Europe/Berlin", """{"keys":{"allow":"x"}}"""), Cancel));
        Assert.Equal(SaveMyselfOutcome.UnknownTheme, await console.Use<SaveMyself>().RunAsync(caller, new MySettings("neon"), Cancel));
        Assert.Equal(SaveMyselfOutcome.UnknownTimeZone, await console.Use<SaveMyself>().RunAsync(caller, new MySettings(TimeZone: "../etc/passwd"), Cancel));
        Assert.Equal(SaveMyselfOutcome.InvalidDeskSettings, await console.Use<SaveMyself>().RunAsync(caller, new MySettings(DeskSettings: "[1]"), Cancel));
        Assert.Equal(SaveMyselfOutcome.Saved, await console.Use<SaveMyself>().RunAsync(caller, new MySettings(Theme: "calm"), Cancel));

        Myself me = (await console.Use<GetMyself>().RunAsync(caller, Cancel))!;
        Assert.Equal(("calm", "Europe/Berlin", """{"keys":{"allow":"x"}}"""), (me.Theme, me.TimeZone, me.DeskSettings));
        Assert.Equal([Roles.Moderator], me.Roles);
        Assert.Equal(Roles.PermissionsOf(Roles.Moderator).Order(), me.Permissions.Order());
    }

    private static async Task<Guid> AddAsync(TestConsole console, string email, string role)
    {
        AddPersonOutcome outcome = await console.Use<AddPerson>().RunAsync(
            Caller.System, new NewPerson(email, "Someone", [role], Password: Visitor.Password), Cancel);
        Assert.Equal(AddPersonResult.Added, outcome.Result);
        return outcome.PersonId;
    }

    private static Task<List<AuditAct>> ActsAboutAsync(TestConsole console, Guid person)
    {
        string subject = person.ToString();
        return console.ReadAsync(db => db.Set<AuditEntry>().Where(entry => entry.Subject == subject)
            .OrderBy(entry => entry.Number).Select(entry => entry.Act).ToListAsync(Cancel));
    }

    private static Task<string?> LastChangeAsync(TestConsole console, Guid person) =>
        console.ReadAsync(db => db.Set<OutboxEvent>().Where(row => row.Kind == LiveKind.PersonChanged && row.PersonId == person)
            .OrderByDescending(row => row.Sequence).Select(row => row.State).FirstOrDefaultAsync(Cancel));
}
