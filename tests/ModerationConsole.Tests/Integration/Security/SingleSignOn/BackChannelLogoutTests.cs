using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.IdentityModel.Tokens;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.People.Sessions;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Security.SingleSignOn;

/// <summary>A provider that says someone signed out there: which of its words end a session, and which do not.</summary>
public sealed class BackChannelLogoutTests(ProviderScene scene) : IClassFixture<ProviderScene>
{
    private const string LogoutEvent = "http://schemas.openid.net/event/backchannel-logout";

    private static readonly Dictionary<string, Action<TokenPlan, TestIssuer>> s_wrong = new()
    {
        ["signed with another key"] = (token, issuer) => token.Key = TestIssuer.Foreign(issuer.Key.Kid),
        ["signed by nobody"] = (token, _) => token.Key = null,
        ["signed with the console's own secret"] = (token, _) => token.Key = new SigningCredentials(
            new SymmetricSecurityKey(Encoding.UTF8.GetBytes(TestIssuer.Secret.PadRight(32))), SecurityAlgorithms.HmacSha256),
        ["of another issuer"] = (token, _) => token.Claims["iss"] = "https://elsewhere.example",
        ["for another audience"] = (token, _) => token.Claims["aud"] = "another",
        ["expired"] = (token, _) => token.Claims["exp"] = Now.AddMinutes(-2).ToUnixTimeSeconds(),
        ["made long ago"] = (token, _) => token.Claims["iat"] = Now.AddMinutes(-6).ToUnixTimeSeconds(),
        ["made later"] = (token, _) => token.Claims["iat"] = Now.AddMinutes(3).ToUnixTimeSeconds(),
        ["without a time"] = (token, _) => token.Claims.Remove("iat"),
        ["without an event"] = (token, _) => token.Claims.Remove("events"),
        ["of another event"] = (token, _) => token.Claims["events"] = new Dictionary<string, object> { ["http://schemas.openid.net/event/other"] = new Dictionary<string, object>() },
        ["with an event that is no object"] = (token, _) => token.Claims["events"] = LogoutEvent,
        ["with a nonce"] = (token, _) => token.Claims["nonce"] = "n",
        ["without an id"] = (token, _) => token.Claims.Remove("jti"),
        ["about nobody"] = (token, _) =>
        {
            token.Claims.Remove("sub");
            token.Claims.Remove("sid");
        },
        ["that is none"] = (token, _) => token.Instead = "not.a.token",
    };

    public static TheoryData<string> Wrong => [.. s_wrong.Keys];

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task LogoutToken_ThatDoesNotHold_EndsNothing(string how)
    {
        string subject = $"s{Guid.NewGuid():N}";
        using Visitor visitor = await SignedInAsync(subject);

        using HttpResponseMessage answer = await SendAsync(subject, token => s_wrong[how](token, scene.Issuer));

        Assert.Equal(400, (int)answer.StatusCode);
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
        Assert.True(await ProviderScene.IsInAsync(visitor));
    }

    [Theory]
    [InlineData("by subject and session", false, false)]
    [InlineData("by session alone", true, false)]
    [InlineData("by subject alone", false, true)]
    public async Task LogoutToken_ThatHolds_EndsWhatItNames(string how, bool noSubject, bool noSession)
    {
        string subject = $"s{Guid.NewGuid():N}";
        using Visitor visitor = await SignedInAsync(subject);
        using Visitor other = await SignedInAsync($"o{Guid.NewGuid():N}");

        using HttpResponseMessage answer = await SendAsync(subject, token =>
        {
            token.Claims.Remove(noSubject ? "sub" : noSession ? "sid" : "");
        });

        Assert.True((int)answer.StatusCode == 200, how);
        Assert.False(await ProviderScene.IsInAsync(visitor));
        Assert.True(await ProviderScene.IsInAsync(other));
        PersonSession ended = await scene.Console.ReadAsync(db => db.Set<PersonSession>().SingleAsync(row => row.ProviderSubject == subject, Cancel));
        Assert.Equal((SessionMethod.Provider, SessionEnd.Provider), (ended.Method, ended.EndReason));
        Assert.True(await scene.Console.ReadAsync(db =>
            db.Set<AuditEntry>().AnyAsync(row => row.Act == AuditAct.ProviderSessionEnded && row.Subject == ended.PersonId.ToString(), Cancel)));
    }

    [Fact]
    public async Task LogoutToken_SentAgain_EndsNoLaterSession()
    {
        string subject = $"s{Guid.NewGuid():N}";
        using Visitor before = await SignedInAsync(subject);
        string? sent = null;
        using HttpResponseMessage first = await SendAsync(subject, token => sent = token.Instead = TestIssuer.Sign(token.Claims, token.Key, "logout+jwt"));
        using Visitor after = await SignedInAsync(subject);

        using HttpResponseMessage second = await SendAsync(subject, token => token.Instead = sent);

        Assert.Equal((200, 400), ((int)first.StatusCode, (int)second.StatusCode));
        Assert.False(await ProviderScene.IsInAsync(before));
        Assert.True(await ProviderScene.IsInAsync(after));
    }

    [Fact]
    public async Task LogoutToken_ToTheAddressOfAnotherProvider_EndsNothingOfThisOne()
    {
        string subject = $"s{Guid.NewGuid():N}";
        using Visitor visitor = await SignedInAsync(subject);

        using HttpResponseMessage answer = await SendAsync(subject, _ => { }, "trusting");

        Assert.Equal(200, (int)answer.StatusCode);
        Assert.True(await ProviderScene.IsInAsync(visitor));
    }

    [Fact]
    public async Task LogoutToken_AsAnIdToken_LetsNobodyIn()
    {
        string subject = $"s{Guid.NewGuid():N}";
        scene.Issuer.Knows(subject, ["moderators"]);
        using Visitor visitor = new(scene.Console);

        string where = await scene.SignInAsync(visitor, subject, token => token.Instead = TestIssuer.Sign(Claims(subject), scene.Issuer.Key, "logout+jwt"));

        Assert.StartsWith("/account/login?problem=Refuted", where, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("application/json", "{}", 400)]
    [InlineData("application/x-www-form-urlencoded", "other=1", 400)]
    [InlineData("application/x-www-form-urlencoded", null, 413)]
    public async Task Request_ThatCarriesNoToken_IsRefused(string type, string? body, int status)
    {
        using StringContent content = new(body ?? $"logout_token={new string('a', 70_000)}", Encoding.UTF8, type);
        using HttpResponseMessage answer = await scene.Console.Client.PostAsync(new Uri("/account/external/company/logout", UriKind.Relative), content, Cancel);
        Assert.Equal(status, (int)answer.StatusCode);
    }

    private Dictionary<string, object> Claims(string subject) => new()
    {
        ["iss"] = scene.Issuer.Address,
        ["aud"] = TestIssuer.ClientId,
        ["sub"] = subject,
        ["sid"] = $"sid-{subject}",
        ["iat"] = Now.ToUnixTimeSeconds(),
        ["exp"] = Now.AddMinutes(2).ToUnixTimeSeconds(),
        ["jti"] = Guid.NewGuid().ToString(),
        ["events"] = new Dictionary<string, object> { [LogoutEvent] = new Dictionary<string, object>() },
    };

    private async Task<Visitor> SignedInAsync(string subject)
    {
        scene.Issuer.Knows(subject, ["moderators"]);
        Visitor visitor = new(scene.Console);
        Assert.Equal("/", await scene.SignInAsync(visitor, subject));
        return visitor;
    }

    private async Task<HttpResponseMessage> SendAsync(string subject, Action<TokenPlan> change, string provider = "company")
    {
        TokenPlan plan = new() { Key = scene.Issuer.Key, Claims = Claims(subject) };
        change(plan);
        using FormUrlEncodedContent form = new(new Dictionary<string, string> { ["logout_token"] = plan.Instead ?? TestIssuer.Sign(plan.Claims, plan.Key, "logout+jwt") });
        return await scene.Console.Client.PostAsync(new Uri($"/account/external/{provider}/logout", UriKind.Relative), form, Cancel);
    }
}
