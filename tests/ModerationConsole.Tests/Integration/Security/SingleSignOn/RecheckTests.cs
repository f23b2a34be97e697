using System.Net;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.People;
using ModerationConsole.Core.People.SingleSignOn;
using ModerationConsole.Tests.Support;
using ModerationConsole.Web.Security.SingleSignOn;

namespace ModerationConsole.Tests.Integration.Security.SingleSignOn;

/// <summary>What becomes of a session when its provider is asked again, and when its person leaves.</summary>
public sealed class RecheckTests(ProviderScene scene) : IClassFixture<ProviderScene>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Person_StillThere_StaysAndIsAskedForAgainLater()
    {
        (Visitor signedIn, Guid person) = await SignedInAsync("staying", "moderators");
        using Visitor visitor = signedIn;
        ProviderGrant before = await DueAsync(person);

        await CheckAsync();

        ProviderGrant after = await GrantAsync(person);
        Assert.True(await ProviderScene.IsInAsync(visitor));
        Assert.True(after.CheckAt > before.CheckAt.AddMinutes(5) && after.ConfirmedAt > before.ConfirmedAt);
        Assert.NotEqual(before.Tokens, after.Tokens);
        // The refresh token was used up; the next check goes with the new one.
        await DueAsync(person);
        await CheckAsync();
        Assert.True(await ProviderScene.IsInAsync(visitor));
    }

    [Fact]
    public async Task Person_GoneAtTheProvider_LosesTheSessionAtTheNextCheck()
    {
        (Visitor signedIn, Guid person) = await SignedInAsync("leaver", "moderators");
        using Visitor visitor = signedIn;
        scene.Issuer.Forgets("leaver");
        await DueAsync(person);

        await CheckAsync();

        Assert.False(await ProviderScene.IsInAsync(visitor));
        Assert.Contains(AuditAct.ProviderSessionEnded, await ActsAsync(person));
    }

    [Fact]
    public async Task Groups_ChangedAtTheProvider_ChangeRolesAtTheNextCheck()
    {
        (Visitor signedIn, Guid person) = await SignedInAsync("risen", "moderators");
        using Visitor visitor = signedIn;
        scene.Issuer.Knows("risen", ["leads"]);
        await DueAsync(person);

        await CheckAsync();

        Assert.True(await ProviderScene.IsInAsync(visitor));
        Assert.Equal([Roles.Lead, Roles.QualityReviewer], await scene.Console.ReadAsync(db => (
            from link in db.UserRoles
            join role in db.Roles on link.RoleId equals role.Id
            where link.UserId == person
            orderby role.Name
            select role.Name!).ToListAsync(Cancel)));
    }

    [Fact]
    public async Task Person_TakenOutOfAllGroups_LosesSessionAndRolesAtTheNextCheck()
    {
        (Visitor signedIn, Guid person) = await SignedInAsync("emptied", "moderators");
        using Visitor visitor = signedIn;
        scene.Issuer.Knows("emptied", []);
        await DueAsync(person);

        await CheckAsync();

        Assert.False(await ProviderScene.IsInAsync(visitor));
        Assert.Contains(AuditAct.RoleRevoked, await ActsAsync(person));
    }

    [Fact]
    public async Task Provider_ThatIsAway_IsBorneForAWhileAndThenNotAnyMore()
    {
        (Visitor signedIn, Guid person) = await SignedInAsync("waiting", "moderators");
        using Visitor visitor = signedIn;
        scene.Issuer.Down = true;
        try
        {
            await DueAsync(person);
            await CheckAsync();
            Assert.True(await ProviderScene.IsInAsync(visitor));

            await DueAsync(person, confirmedAgo: TimeSpan.FromHours(2));
            await CheckAsync();
            Assert.False(await ProviderScene.IsInAsync(visitor));
        }
        finally
        {
            scene.Issuer.Down = false;
        }
    }

    [Fact]
    public async Task Tokens_OfAProvider_AreStoredSoThatNobodyCanReadThem()
    {
        (Visitor signedIn, Guid person) = await SignedInAsync("hidden", "moderators");
        using Visitor visitor = signedIn;

        string stored = (await GrantAsync(person)).Tokens;

        KeptTokens kept = scene.Console.Services.GetRequiredService<TokenSafe>().Open(stored);
        Assert.True(kept is { Refresh.Length: > 0, Id.Length: > 0 });
        Assert.DoesNotContain(kept.Refresh!, stored, StringComparison.Ordinal);
        Assert.DoesNotContain(kept.Id!.Split('.')[1], stored, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SigningOut_LeadsToTheProviderWithTheTokenItGave()
    {
        (Visitor signedIn, Guid person) = await SignedInAsync("parting", "moderators");
        using Visitor visitor = signedIn;
        KeptTokens kept = scene.Console.Services.GetRequiredService<TokenSafe>().Open((await GrantAsync(person)).Tokens);

        using HttpResponseMessage answer = await visitor.SubmitAsync("/account/logout", "sign-out");

        string page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Cancel));
        string expected = QueryHelpers.AddQueryString($"{scene.Issuer.Address}/end", new Dictionary<string, string?>
        {
            ["id_token_hint"] = kept.Id,
            ["client_id"] = TestIssuer.ClientId,
            ["post_logout_redirect_uri"] = $"{scene.Console.Client.BaseAddress!.GetLeftPart(UriPartial.Authority)}/account/login",
        });
        Assert.Contains(expected, page, StringComparison.Ordinal);
        Assert.False(await ProviderScene.IsInAsync(visitor));
    }

    [Theory]
    [InlineData("sign-out", 1)]
    [InlineData("sign-out-everywhere", 0)]
    public async Task SigningOut_HasTheProviderForgetTheRefreshTokensOfWhatIsOver(string how, int left)
    {
        string subject = $"revoked-{how}";
        (Visitor first, _) = await SignedInAsync(subject, "moderators");
        using Visitor here = first;
        (Visitor second, _) = await SignedInAsync(subject, "moderators");
        using Visitor there = second;
        Assert.Equal(2, scene.Issuer.Refreshable(subject));

        (await here.SubmitAsync("/account/logout", how)).Dispose();

        Assert.Equal(left, scene.Issuer.Refreshable(subject));
    }

    [Fact]
    public async Task SigningOut_WhileTheProviderIsAway_EndsTheSessionAllTheSame()
    {
        (Visitor signedIn, _) = await SignedInAsync("unheard", "moderators");
        using Visitor visitor = signedIn;
        scene.Issuer.Down = true;
        try
        {
            (await visitor.SubmitAsync("/account/logout", "sign-out")).Dispose();
        }
        finally
        {
            scene.Issuer.Down = false;
        }

        Assert.False(await ProviderScene.IsInAsync(visitor));
        Assert.Equal(1, scene.Issuer.Refreshable("unheard"));
    }

    private async Task<(Visitor Visitor, Guid Person)> SignedInAsync(string subject, string group)
    {
        scene.Issuer.Knows(subject, [group]);
        Visitor visitor = new(scene.Console);
        Assert.Equal("/", await scene.SignInAsync(visitor, subject));
        return (visitor, await scene.Console.ReadAsync(db => db.Set<Moderator>().Where(row => row.DisplayName == subject).Select(row => row.Id).SingleAsync(Cancel)));
    }

    // As if the time between two checks had gone by.
    private Task<ProviderGrant> DueAsync(Guid person, TimeSpan confirmedAgo = default) => scene.Console.WriteAsync(async scope =>
    {
        ProviderGrant grant = await scope.Db.Set<ProviderGrant>().SingleAsync(row => row.PersonId == person);
        (grant.CheckAt, grant.ConfirmedAt) = (scope.Now.AddSeconds(-1), scope.Now - confirmedAgo - TimeSpan.FromSeconds(1));
        return new ProviderGrant { CheckAt = grant.CheckAt, ConfirmedAt = grant.ConfirmedAt, Tokens = grant.Tokens };
    });

    private Task<ProviderGrant> GrantAsync(Guid person) =>
        scene.Console.ReadAsync(db => db.Set<ProviderGrant>().AsNoTracking().SingleAsync(row => row.PersonId == person, Cancel));

    private Task CheckAsync() => scene.Console.Services.GetRequiredService<RecheckSessions>().RunOnceAsync(Cancel);

    private Task<List<AuditAct>> ActsAsync(Guid person) => scene.Console.ReadAsync(db =>
        db.Set<AuditEntry>().Where(row => row.Subject == person.ToString()).Select(row => row.Act).ToListAsync(Cancel));
}
