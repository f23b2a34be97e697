using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.People;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Security.SingleSignOn;

/// <summary>Who becomes who by a provider's word, and what they may do then.</summary>
public sealed class ProvisioningTests(ProviderScene scene) : IClassFixture<ProviderScene>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Person_WhoComesForTheFirstTime_IsAddedWithTheRolesOfTheirGroups()
    {
        scene.Issuer.Knows("newcomer", ["leads", "cooks"], name: "Nora Newcomer");
        using Visitor visitor = new(scene.Console);

        Assert.Equal("/cases?state=open", await scene.SignInAsync(visitor, "newcomer", returnUrl: "/cases?state=open"));

        Moderator person = await scene.Console.ReadAsync(db => db.Set<Moderator>().SingleAsync(row => row.DisplayName == "Nora Newcomer", Cancel));
        Assert.Equal([Roles.Lead, Roles.QualityReviewer], await RolesAsync(person.Id));
        Assert.True(await ProviderScene.IsInAsync(visitor));
        IdentityUserLogin<Guid> link = await scene.Console.ReadAsync(db => db.Set<IdentityUserLogin<Guid>>().SingleAsync(row => row.UserId == person.Id, Cancel));
        Assert.Equal((scene.Issuer.Address, "newcomer"), (link.LoginProvider, link.ProviderKey));
        Assert.Equal([AuditAct.PersonAdded, AuditAct.RoleGranted, AuditAct.RoleGranted, AuditAct.SignedIn, AuditAct.AccountLinked], (await ActsAsync(person.Id)).Order());
    }

    [Fact]
    public async Task Groups_ThatChanged_ReplaceRolesAtTheNextSignIn()
    {
        scene.Issuer.Knows("moved", ["leads"]);
        using Visitor visitor = new(scene.Console);
        await scene.SignInAsync(visitor, "moved");
        Guid person = await PersonAsync("moved");
        scene.Issuer.Knows("moved", ["moderators"]);

        await scene.SignInAsync(visitor, "moved");

        Assert.Equal([Roles.Moderator], await RolesAsync(person));
        Assert.Contains(AuditAct.RoleRevoked, await ActsAsync(person));
        Assert.Equal(1, await scene.Console.ReadAsync(db => db.Set<Moderator>().CountAsync(row => row.DisplayName == "moved", Cancel)));
    }

    [Fact]
    public async Task Person_WithoutAMappedGroup_IsRefusedInWordsAndNotAdded()
    {
        scene.Issuer.Knows("stranger", ["cooks", "ChildSafety", "Admin"]);
        using Visitor visitor = new(scene.Console);

        string where = await scene.SignInAsync(visitor, "stranger");

        Assert.Contains("none of your groups has a role in this console", await ProviderScene.WordsAsync(visitor, where), StringComparison.Ordinal);
        Assert.False(await scene.Console.ReadAsync(db => db.Set<Moderator>().AnyAsync(row => row.DisplayName == "stranger", Cancel)));
    }

    [Fact]
    public async Task Person_TakenOutOfTheirGroups_LosesRolesAndOtherSessionsWhenTheyTryToSignIn()
    {
        scene.Issuer.Knows("dropped", ["moderators"]);
        using Visitor open = new(scene.Console);
        await scene.SignInAsync(open, "dropped");
        Guid person = await PersonAsync("dropped");
        scene.Issuer.Knows("dropped", []);
        using Visitor visitor = new(scene.Console);

        string where = await scene.SignInAsync(visitor, "dropped");

        Assert.StartsWith("/account/login?problem=NoRole", where, StringComparison.Ordinal);
        Assert.Empty(await RolesAsync(person));
        Assert.False(await ProviderScene.IsInAsync(open));
    }

    [Theory]
    [InlineData("company", true)]
    [InlineData("trusting", false)]
    public async Task Address_OfALocalAccount_IsNotTakenOver(string provider, bool verified)
    {
        (string email, Guid local) = await Visitor.AddAsync(scene.Console, Roles.Admin);
        string subject = $"taker-{provider}";
        scene.Issuer.Knows(subject, ["moderators"], email, verified);
        using Visitor visitor = new(scene.Console);

        string where = await scene.SignInAsync(visitor, subject, provider: provider);

        Assert.StartsWith("/account/login?problem=EmailTaken", where, StringComparison.Ordinal);
        Assert.False(await ProviderScene.IsInAsync(visitor));
        Assert.Equal([Roles.Admin], await RolesAsync(local));
        Assert.False(await scene.Console.ReadAsync(db => db.Set<IdentityUserLogin<Guid>>().AnyAsync(row => row.UserId == local, Cancel)));
    }

    [Fact]
    public async Task Address_ThatIsVerifiedWhereSettingsSayItLinks_IsTheSamePerson()
    {
        (string email, Guid local) = await Visitor.AddAsync(scene.Console, Roles.Lead);
        scene.Issuer.Knows("linked", ["moderators"], email);
        using Visitor visitor = new(scene.Console);

        Assert.Equal("/", await scene.SignInAsync(visitor, "linked", provider: "trusting"));

        Assert.Equal([Roles.Moderator], await RolesAsync(local));
        Assert.Contains(AuditAct.AccountLinked, await ActsAsync(local));
    }

    [Fact]
    public async Task Person_DisabledHere_IsRefusedWhateverTheProviderSays()
    {
        scene.Issuer.Knows("disabled", ["moderators"]);
        using Visitor visitor = new(scene.Console);
        await scene.SignInAsync(visitor, "disabled");
        Assert.Equal(PersonOutcome.Done, await scene.Console.Use<DisablePerson>().RunAsync(Caller.System, await PersonAsync("disabled"), Cancel));

        Assert.StartsWith("/account/login?problem=Disabled", await scene.SignInAsync(visitor, "disabled"), StringComparison.Ordinal);
        Assert.False(await ProviderScene.IsInAsync(visitor));
    }

    [Fact]
    public async Task UserInfo_OfSomeoneElse_LetsNobodyIn()
    {
        scene.Issuer.Knows("victim", ["leads"]);
        using Visitor visitor = new(scene.Console);
        Uri asked = await ProviderScene.SetOutAsync(visitor);
        string code = scene.Issuer.Code(asked, "victim", token => token.Instead = TestIssuer.Sign(new(token.Claims) { ["sub"] = "someone" }, token.Key));

        string where = await ProviderScene.ComeBackAsync(visitor, asked, code);

        Assert.StartsWith("/account/login?problem=Refuted", where, StringComparison.Ordinal);
        Assert.False(await ProviderScene.IsInAsync(visitor));
    }

    [Theory]
    [InlineData("https://elsewhere.example/")]
    [InlineData("//elsewhere.example")]
    [InlineData("/\\elsewhere.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/account/logout")]
    public async Task ReturnUrl_ThatLeadsElsewhere_LeadsHome(string returnUrl)
    {
        scene.Issuer.Knows("returning", ["moderators"]);
        using Visitor visitor = new(scene.Console);

        Assert.Equal("/", await scene.SignInAsync(visitor, "returning", returnUrl: returnUrl));
    }

    [Fact]
    public async Task Session_PlantedBeforeSigningIn_IsNotTheOneAfter()
    {
        scene.Issuer.Knows("fixed", ["moderators"]);
        using Visitor attacker = new(scene.Console);
        await scene.SignInAsync(attacker, "fixed");
        string planted = attacker.Cookies["moderation-console"]!.Value;
        using Visitor visitor = new(scene.Console);
        scene.Issuer.Knows("owner", ["moderators"]);
        Uri asked = await ProviderScene.SetOutAsync(visitor);
        visitor.Client.DefaultRequestHeaders.Add("Cookie", $"moderation-console={planted}");

        await ProviderScene.ComeBackAsync(visitor, asked, scene.Issuer.Code(asked, "owner"));

        Assert.NotEqual(planted, visitor.Cookies["moderation-console"]!.Value);
        Assert.True(await ProviderScene.IsInAsync(attacker));
    }

    [Fact]
    public async Task Provider_ThatIsNotConfigured_IsNotThere()
    {
        using Visitor visitor = new(scene.Console);
        using HttpResponseMessage answer = await visitor.GetAsync("/account/external/unknown");
        Assert.Equal(404, (int)answer.StatusCode);
    }

    private Task<Guid> PersonAsync(string name) => scene.Console.ReadAsync(db => db.Set<Moderator>().Where(row => row.DisplayName == name).Select(row => row.Id).SingleAsync(Cancel));

    private Task<List<string>> RolesAsync(Guid person) => scene.Console.ReadAsync(db => (
        from link in db.UserRoles
        join role in db.Roles on link.RoleId equals role.Id
        where link.UserId == person
        orderby role.Name
        select role.Name!).ToListAsync(Cancel));

    private Task<List<AuditAct>> ActsAsync(Guid person) => scene.Console.ReadAsync(db =>
        db.Set<AuditEntry>().Where(row => row.Subject == person.ToString()).Select(row => row.Act).ToListAsync(Cancel));
}
