using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Live;
using ModerationConsole.Core.People;
using ModerationConsole.Core.People.Factors;
using ModerationConsole.Core.People.OwnRoles;
using ModerationConsole.Core.People.Sessions;
using ModerationConsole.Core.People.SingleSignOn;
using ModerationConsole.Tests.Support;
using SignInResult = ModerationConsole.Core.People.SignInResult;

namespace ModerationConsole.Tests.Integration.People;

/// <summary>Roles that are made here: they count wherever standing ones do, and give nobody more than those could.</summary>
public sealed class OwnRoleTests : IAsyncLifetime
{
    private TestConsole _console = null!;
    private Caller _admin = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _console = await TestConsole.StartAsync(new()
        {
            ["SecondFactor:Roles:0"] = Roles.Auditor,
            ["SecondFactor:Roles:1"] = "Night watch",
            ["SingleSignOn:Providers:company:Authority"] = "https://login.example",
            ["SingleSignOn:Providers:company:ClientId"] = "console",
            ["SingleSignOn:Providers:company:Roles:readers"] = "Case reader",
        });
        _admin = await _console.PersonAsync(Roles.Admin);
    }

    public ValueTask DisposeAsync() => _console.DisposeAsync();

    [Fact]
    public async Task Role_MadeAndGiven_CountsForItsHolderAndIsAudited()
    {
        Guid role = await MakeAsync("Case reader", Permission.ViewCases, Permission.HearAppeals);
        Caller person = await PersonAsync("Case reader");

        Assert.Equal([Permission.UseConsole, Permission.ViewCases, Permission.HearAppeals], await HeldAsync(person));
        Assert.Contains(person.Id, await _console.ReadAsync(db => db.PeopleHolding(Permission.HearAppeals).Select(row => row.Id).ToListAsync(Cancel)));
        Assert.Equal(["Case reader"], (await _console.Use<GetMyself>().RunAsync(person, Cancel))!.Roles);
        RoleRow row = (await _console.Use<ListRoles>().RunAsync(_admin, Cancel))[^1];
        Assert.Equal((role, "Case reader", true, "For tests", 1), (row.Id, row.Name, row.Own, row.Description, row.People));
        Assert.Contains("\"after\":\"UseConsole, ViewCases, HearAppeals\"", await LastDetailsAsync(role), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Role_Changed_CountsAtOnceForEachHolderAndTellsTheirOpenPages()
    {
        Guid role = await MakeAsync("Case reader", Permission.ViewCases);
        Caller person = await PersonAsync("Case reader");
        await HeldAsync(person);

        Assert.Equal(OwnRoleResult.Saved, (await _console.Use<ChangeRole>().RunAsync(_admin, role, "Other words", [Permission.ViewQueues], Cancel)).Result);

        Assert.Equal([Permission.UseConsole, Permission.ViewQueues], await HeldAsync(person));
        Assert.Equal(nameof(PersonChange.Access), await _console.ReadAsync(db => db.Set<OutboxEvent>()
            .Where(row => row.Kind == LiveKind.PersonChanged && row.PersonId == person.Id).OrderByDescending(row => row.Sequence).Select(row => row.State).FirstAsync(Cancel)));
        string details = await LastDetailsAsync(role);
        Assert.Contains("\"before\":\"UseConsole, ViewCases\"", details, StringComparison.Ordinal);
        Assert.Contains("\"after\":\"UseConsole, ViewQueues\"", details, StringComparison.Ordinal);
        Assert.Contains("\"descriptionBefore\":\"For tests\"", details, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Role_Retired_IsTakenFromAllAndGivenToNobodyAgain()
    {
        Guid role = await MakeAsync("Case reader", Permission.ViewCases);
        Caller person = await PersonAsync("Case reader", Roles.Analyst);
        await HeldAsync(person);

        Assert.Equal(OwnRoleResult.Saved, (await _console.Use<RetireRole>().RunAsync(_admin, role, Cancel)).Result);

        Assert.Equal(Roles.PermissionsOf(Roles.Analyst).Order(), await HeldAsync(person));
        Assert.Equal(PersonOutcome.NotGrantable, await _console.Use<SetRoles>().RunAsync(_admin, person.Id, ["Case reader"], Cancel));
        Assert.Equal(OwnRoleResult.UnknownRole, (await _console.Use<ChangeRole>().RunAsync(_admin, role, "", [Permission.ViewCases], Cancel)).Result);
        Assert.Equal(OwnRoleResult.NameTaken, (await _console.Use<MakeRole>().RunAsync(_admin, "case READER", "", [Permission.ViewCases], Cancel)).Result);
        Assert.NotNull((await _console.Use<ListRoles>().RunAsync(_admin, Cancel)).Single(row => row.Id == role).RetiredAt);
        Assert.Contains(AuditAct.RoleRevoked, await _console.ReadAsync(db => db.Set<AuditEntry>().Where(entry => entry.Subject == person.Id.ToString()).Select(entry => entry.Act).ToListAsync(Cancel)));
    }

    [Theory]
    [InlineData("", Permission.ViewCases, OwnRoleResult.InvalidName)]
    [InlineData("Readers, all", Permission.ViewCases, OwnRoleResult.InvalidName)]
    [InlineData("Rea\u0007der", Permission.ViewCases, OwnRoleResult.InvalidName)]
    [InlineData("auditor", Permission.ViewCases, OwnRoleResult.NameTaken)]
    [InlineData("Reader", Permission.UseConsole, OwnRoleResult.NoPermission)]
    [InlineData("Reader", Permission.ChildSafety, OwnRoleResult.NotGrantable)]
    [InlineData("Reader", Permission.SubmitItems, OwnRoleResult.NotGrantable)]
    public async Task Role_ThatCannotBeMade_IsRefused(string name, Permission permission, OwnRoleResult expected)
    {
        Assert.Equal(expected, (await _console.Use<MakeRole>().RunAsync(_admin, name, "", [permission], Cancel)).Result);
        Assert.Equal(0, await _console.ReadAsync(db => db.Set<OwnRole>().CountAsync(Cancel)));
    }

    [Fact]
    public async Task StandingRole_ChangedOrRetired_StaysAsItIs()
    {
        Guid lead = await _console.ReadAsync(db => db.Roles.Where(role => role.Name == Roles.Lead).Select(role => role.Id).SingleAsync(Cancel));

        Assert.Equal(OwnRoleResult.UnknownRole, (await _console.Use<ChangeRole>().RunAsync(_admin, lead, "", [Permission.ManagePeople], Cancel)).Result);
        Assert.Equal(OwnRoleResult.UnknownRole, (await _console.Use<RetireRole>().RunAsync(_admin, lead, Cancel)).Result);
        Assert.Equal(Roles.PermissionsOf(Roles.Lead).Order(), await HeldAsync(await _console.PersonAsync(Roles.Lead)));
    }

    [Fact]
    public async Task Role_HeldByWhoeverWouldChangeIt_IsNotTheirsToChange()
    {
        Guid role = await MakeAsync("Second hat", Permission.ViewInsights);
        Assert.Equal(PersonOutcome.Done, await _console.Use<SetRoles>().RunAsync(Caller.System, _admin.Id, [Roles.Admin, "Second hat"], Cancel));

        Assert.Equal(OwnRoleResult.HeldByOneself, (await _console.Use<ChangeRole>().RunAsync(_admin, role, "", [Permission.ViewCases], Cancel)).Result);
        Assert.Equal(OwnRoleResult.HeldByOneself, (await _console.Use<RetireRole>().RunAsync(_admin, role, Cancel)).Result);

        Assert.DoesNotContain(Permission.ViewCases, await HeldAsync(_admin));
        Assert.Contains(Permission.ViewInsights, await HeldAsync(_admin));
    }

    [Theory]
    [InlineData("Night watch", Permission.ViewCases, SignInResult.NeedsSecondFactor)]
    [InlineData("Reader of the record", Permission.ViewAudit, SignInResult.NeedsSecondFactor)]
    [InlineData("Case reader", Permission.ViewCases, SignInResult.SignedIn)]
    public async Task SecondFactor_OfARoleMadeHere_IsAskedForByNameAndByWhatOnlyDemandingRolesInclude(string name, Permission permission, SignInResult expected)
    {
        await MakeAsync(name, permission);
        Guid person = (await _console.Use<AddPerson>().RunAsync(
            Caller.System, new NewPerson("m@people.example", "Someone", [Roles.Moderator], Password: Visitor.Password), Cancel)).PersonId;
        Session open = (await _console.Use<SignIn>().RunAsync("m@people.example", Visitor.Password, Cancel)).Session!;

        await _console.Use<SetRoles>().RunAsync(Caller.System, person, [name], Cancel);

        Assert.Equal(expected, (await _console.Use<SignIn>().RunAsync("m@people.example", Visitor.Password, Cancel)).Result);
        Assert.Equal(expected == SignInResult.SignedIn, await _console.Get<SessionCheck>().IsCurrentAsync(open, Cancel));
    }

    [Fact]
    public async Task Group_MappedToARoleMadeHere_GivesItUntilItIsRetired()
    {
        Guid role = await MakeAsync("Case reader", Permission.ViewCases);
        ProvenPerson reader = new("company", "https://login.example", "reader", null, "reader@login.example", true, "Reader", ["readers"]);

        ProviderSignInOutcome first = await _console.Use<SignInWithProvider>().RunAsync(reader, "", null, Cancel);
        Assert.Equal([Permission.UseConsole, Permission.ViewCases], await HeldAsync(Caller.Person(first.Session!.PersonId)));
        await _console.Use<RetireRole>().RunAsync(_admin, role, Cancel);

        Assert.Equal(ProviderSignInResult.NoRole, (await _console.Use<SignInWithProvider>().RunAsync(reader, "", null, Cancel)).Result);
        Assert.Empty(await HeldAsync(Caller.Person(first.Session.PersonId)));
    }

    [Theory]
    [InlineData("Case reader", null, null)]
    [InlineData("Boss", null, "SecondFactor:Roles: Boss is no role")]
    [InlineData("Lead", "Lead, ChildSafety", "SingleSignOn:Providers:company:Roles:children: ChildSafety is no role")]
    public async Task Settings_ThatNameARole_StopTheStartUnlessThereIsOne(string demanding, string? mapped, string? refusal)
    {
        await MakeAsync("Case reader", Permission.ViewCases);
        SingleSignOnOptions singleSignOn = new();
        if (mapped is not null)
        {
            singleSignOn.Providers["company"] = new ProviderOptions { Roles = { ["children"] = mapped } };
        }

        CheckRoleSettings check = new(_console.Contexts, Options.Create(singleSignOn), Options.Create(new SecondFactorOptions { Roles = [demanding] }));
        Exception? error = await Record.ExceptionAsync(() => check.StartAsync(Cancel));

        Assert.Equal(refusal is null, error is null);
        Assert.StartsWith(refusal ?? "", (error as StartRefusedException)?.Message ?? "", StringComparison.Ordinal);
    }

    private async Task<Guid> MakeAsync(string name, params Permission[] permissions)
    {
        OwnRoleOutcome made = await _console.Use<MakeRole>().RunAsync(_admin, name, "For tests", permissions, Cancel);
        Assert.Equal(OwnRoleResult.Saved, made.Result);
        return made.RoleId;
    }

    private async Task<Caller> PersonAsync(params string[] roles)
    {
        AddPersonOutcome added = await _console.Use<AddPerson>().RunAsync(_admin, new NewPerson("m@people.example", "Someone", roles), Cancel);
        Assert.Equal(AddPersonResult.Added, added.Result);
        return Caller.Person(added.PersonId);
    }

    private async Task<IEnumerable<Permission>> HeldAsync(Caller person) =>
        (await _console.Get<IAccessGuard>().PermissionsOfAsync(person, Cancel)).Order();

    private Task<string> LastDetailsAsync(Guid subject) => _console.ReadAsync(db => db.Set<AuditEntry>().Where(entry => entry.Subject == subject.ToString())
        .OrderByDescending(entry => entry.Number).Select(entry => entry.Details).FirstAsync(Cancel))!;
}
