using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.People;
using ModerationConsole.Core.People.OwnRoles;
using ModerationConsole.Core.People.Second;
using ModerationConsole.Core.People.SingleSignOn;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.People;

/// <summary>Duties that nobody holds together, whichever way they would come by them.</summary>
public sealed class SeparationTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Roles.Admin)]
    [InlineData(Roles.Moderator)]
    [InlineData(Roles.Lead)]
    [InlineData(Roles.PolicyExpert)]
    [InlineData(Roles.QualityReviewer)]
    public async Task Auditor_GivenARoleThatDecidesOrRunsTheConsole_IsRefusedAndKeepsWhatTheyHad(string role)
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller admin = await console.PersonAsync(Roles.Admin);
        Caller auditor = await console.PersonAsync(Roles.Auditor);

        Assert.Equal(PersonOutcome.Apart, await console.Use<SetRoles>().RunAsync(admin, auditor.Id, [Roles.Auditor, role], Cancel));
        Assert.Equal(AddPersonResult.Apart, (await console.Use<AddPerson>().RunAsync(admin, new NewPerson("m@people.example", "Both", [role, Roles.Auditor]), Cancel)).Result);

        Assert.Equal([Roles.Auditor], await RolesAsync(console, auditor.Id));
        Assert.Equal(2, await console.ReadAsync(db => db.Set<Moderator>().CountAsync(Cancel)));
        // One after the other is something else.
        Assert.Equal(PersonOutcome.Done, await console.Use<SetRoles>().RunAsync(admin, auditor.Id, [role], Cancel));
        Assert.Equal(PersonOutcome.Done, await console.Use<SetRoles>().RunAsync(admin, auditor.Id, [Roles.Auditor, Roles.Analyst], Cancel));
    }

    [Fact]
    public async Task RoleMadeHere_NeitherHoldsWhatStaysApartNorBringsItToAnyoneWhoHoldsIt()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller admin = await console.PersonAsync(Roles.Admin);
        Caller auditor = await console.PersonAsync(Roles.Auditor);
        Assert.Equal(OwnRoleResult.Apart, (await MakeAsync(console, admin, "Everything", [.. Roles.Combinable])).Result);
        Guid role = (await MakeAsync(console, admin, "Helper", [Permission.ViewInsights])).RoleId;
        Guid decider = (await MakeAsync(console, admin, "Decider", [Permission.ReviewCases])).RoleId;
        Assert.Equal(PersonOutcome.Done, await console.Use<SetRoles>().RunAsync(admin, auditor.Id, [Roles.Auditor, "Helper"], Cancel));

        Assert.Equal(OwnRoleResult.Apart, (await ChangeAsync(console, admin, role, Permission.ViewInsights, Permission.ReviewCases)).Result);
        Assert.Equal(OwnRoleResult.Apart, (await ChangeAsync(console, admin, decider, Permission.ReviewCases, Permission.ViewAudit)).Result);
        Assert.Equal(PersonOutcome.Apart, await console.Use<SetRoles>().RunAsync(admin, auditor.Id, [Roles.Auditor, "Helper", "Decider"], Cancel));

        Assert.DoesNotContain(Permission.ReviewCases, await console.Get<IAccessGuard>().PermissionsOfAsync(auditor, Cancel));
        Assert.Equal(OwnRoleResult.Saved, (await ChangeAsync(console, admin, role, Permission.ViewQueues)).Result);
    }

    [Fact]
    public async Task Groups_ThatGiveWhatStaysApart_GiveNothing()
    {
        await using TestConsole console = await TestConsole.StartAsync(new()
        {
            ["SingleSignOn:Providers:company:Authority"] = "https://login.example",
            ["SingleSignOn:Providers:company:ClientId"] = "console",
            ["SingleSignOn:Providers:company:Roles:auditors"] = Roles.Auditor,
            ["SingleSignOn:Providers:company:Roles:leads"] = Roles.Lead,
        });
        ProvenPerson person = new("company", "https://login.example", "both", null, "both@login.example", true, "Both", ["auditors", "leads"]);
        SignInWithProvider signIn = console.Use<SignInWithProvider>();

        Assert.Equal(ProviderSignInResult.Apart, (await signIn.RunAsync(person, "", null, Cancel)).Result);
        Assert.Equal(0, await console.ReadAsync(db => db.Set<Moderator>().CountAsync(Cancel)));

        ProviderSignInOutcome lead = await signIn.RunAsync(person with { Groups = ["leads"] }, "", null, Cancel);
        Assert.Equal(ProviderSignInResult.SignedIn, lead.Result);
        ProviderGrant grant = await console.ReadAsync(db => db.Set<ProviderGrant>().SingleAsync(Cancel));
        await console.Get<ProviderChecks>().ConfirmAsync(grant.SessionId, person.Groups, "", Cancel);

        Assert.Empty(await RolesAsync(console, lead.Session!.PersonId));
        AuditEntry ended = await console.ReadAsync(db => db.Set<AuditEntry>().SingleAsync(entry => entry.Act == AuditAct.ProviderSessionEnded, Cancel));
        Assert.Contains("\"reason\":\"apart\"", ended.Details, StringComparison.Ordinal);
        Assert.Equal(ProviderSignInResult.Apart, (await signIn.RunAsync(person, "", null, Cancel)).Result);
    }

    [Fact]
    public async Task Pairs_AreAsSettingsSay()
    {
        await using TestConsole console = await TestConsole.StartAsync(new() { ["Separation:Apart"] = "ChildSafety+ManagePeople", ["Separation:SecondPerson"] = "Never" });
        Caller admin = await console.PersonAsync(Roles.Admin);
        Caller other = await console.PersonAsync(Roles.Admin);
        Caller moderator = await console.PersonAsync(Roles.Moderator, own: Permission.ChildSafety);

        Assert.Equal(PersonOutcome.Apart, await console.Use<SetPermission>().RunAsync(admin, other.Id, Permission.ChildSafety, granted: true, Cancel));
        Assert.Equal(PersonOutcome.Apart, await console.Use<SetRoles>().RunAsync(admin, moderator.Id, [Roles.Admin], Cancel));
        Assert.Equal(PersonOutcome.Done, await console.Use<SetRoles>().RunAsync(admin, moderator.Id, [Roles.Auditor, Roles.Lead], Cancel));
    }

    [Fact]
    public async Task Person_WhoHeldBothBeforeItWasForbidden_MayLoseRolesButGainNone()
    {
        await using TestConsole console = await TestConsole.StartAsync(new() { ["Separation:Apart"] = "" });
        Caller person = await console.PersonAsync(Roles.Auditor);
        await console.Use<SetRoles>().RunAsync(Caller.System, person.Id, [Roles.Auditor, Roles.Lead, Roles.Moderator], Cancel);
        SetRoles strict = new(console.Writes, console.Get<IAccessGuard>(), console.Get<IRecentProof>(), new Separation(Options.Create(new SeparationOptions())), console.Get<SecondPerson>());

        Assert.Equal(PersonOutcome.Done, await strict.RunAsync(Caller.System, person.Id, [Roles.Auditor, Roles.Lead], Cancel));
        Assert.Equal(PersonOutcome.Apart, await strict.RunAsync(Caller.System, person.Id, [Roles.Auditor, Roles.Lead, Roles.Analyst], Cancel));
    }

    [Theory]
    [InlineData("ViewAudit")]
    [InlineData("ViewAudit+Boss")]
    [InlineData("ViewAudit+ViewAudit")]
    [InlineData("ViewAudit+3")]
    [InlineData("ViewAudit+ReviewCases+ViewCases")]
    public void Setting_ThatNamesNoPair_IsRefusedInWords(string apart) =>
        Assert.Contains("Separation:Apart must be pairs", new SeparationOptionsValidator().Validate(null, new SeparationOptions { Apart = apart }).FailureMessage, StringComparison.Ordinal);

    private static Task<OwnRoleOutcome> MakeAsync(TestConsole console, Caller caller, string name, Permission[] permissions) =>
        console.Use<MakeRole>().RunAsync(caller, name, "", permissions, Cancel);

    private static Task<OwnRoleOutcome> ChangeAsync(TestConsole console, Caller caller, Guid role, params Permission[] permissions) =>
        console.Use<ChangeRole>().RunAsync(caller, role, "", permissions, Cancel);

    private static Task<List<string?>> RolesAsync(TestConsole console, Guid person) => console.ReadAsync(db => (
        from link in db.UserRoles
        join role in db.Roles on link.RoleId equals role.Id
        where link.UserId == person
        select role.Name).ToListAsync(Cancel));
}
